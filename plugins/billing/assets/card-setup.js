// Takes a card on a page with a form [data-card-setup]: the number goes to the payment service alone.
// After its yes the form is sent as a plain form; after a no, what was typed stays and the message says what to do.
const form = document.querySelector('[data-card-setup]');
const field = form?.querySelector('[data-card-field]');
const message = form?.querySelector('[data-card-message]');
const submit = form?.querySelector('[data-card-submit]');

const say = (text) => {
  message.textContent = text;
  message.className = text === '' ? '' : 'notice notice--error';
};
const wordsFor = ({ type, code, message: reason }) => {
  if (code === 'setup_intent_authentication_failure') return form.dataset.unconfirmed;
  if (type === 'validation_error') return reason;
  return code ? `${form.dataset.declined} ${reason ?? ''}`.trim() : form.dataset.failed;
};

const begin = () => {
  if (typeof globalThis.Stripe !== 'function') return say(form.dataset.failed);
  const { publishableKey, clientSecret, locale } = form.dataset;
  const stripe = globalThis.Stripe(publishableKey, { locale });
  const elements = stripe.elements({ clientSecret, locale });
  elements.create('payment').mount(field);
  field.hidden = false;
  submit.parentElement.hidden = false;
  const words = submit.textContent;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    say('');
    submit.disabled = true;
    submit.textContent = form.dataset.wait;
    try {
      const { error } = await stripe.confirmSetup({
        elements,
        confirmParams: { return_url: document.location.href },
        redirect: 'if_required',
      });
      // Asking for what has succeeded already is no failure: the page was gone before the answer was used.
      if (!error || error.setup_intent?.status === 'succeeded') return form.submit();
      say(wordsFor(error));
    } catch {
      say(form.dataset.failed);
    }
    submit.disabled = false;
    submit.textContent = words;
  });
};

if (form) begin();
