// A form that takes a card: the field is the payment service's own frame, and what is sent here is only the name of what it kept.
(() => {
  const form = document.querySelector('form[data-card-form]');
  const service = document.defaultView?.Stripe;
  if (!form) return;
  const button = form.querySelector('button[type=submit]');
  const problem = form.querySelector('[data-card-problem]');
  const busy = form.querySelector('[data-card-busy]');
  if (!service) {
    problem.textContent = form.dataset.failed;
    return;
  }
  const stripe = service(form.dataset.key);
  const elements = stripe.elements({ clientSecret: form.dataset.secret });
  const field = elements.create('payment');
  field.on('ready', () => {
    button.disabled = false;
  });
  field.mount(form.querySelector('[data-card-field]'));

  const wait = (isBusy) => {
    button.disabled = isBusy;
    busy.hidden = !isBusy;
  };

  form.addEventListener('submit', async (event) => {
    if (form.elements.setupIntentId.value) return;
    event.preventDefault();
    problem.textContent = '';
    wait(true);
    try {
      const { setupIntent, error } = await stripe.confirmSetup({
        elements,
        confirmParams: { return_url: document.location.href },
        redirect: 'if_required',
      });
      if (setupIntent?.status === 'succeeded') {
        form.elements.setupIntentId.value = setupIntent.id;
        form.submit();
        return;
      }
      problem.textContent = error?.message ?? form.dataset.failed;
    } catch {
      problem.textContent = form.dataset.failed;
    }
    wait(false);
  });
})();
