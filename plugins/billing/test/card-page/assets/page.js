/* global document */
// As the sign-up page does it.
const form = document.querySelector('#payment');
const stripe = document.defaultView.Stripe(form.dataset.key);
const elements = stripe.elements({ clientSecret: form.dataset.secret });
elements.create('payment').mount('#card');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { setupIntent, error } = await stripe.confirmSetup({
    elements,
    confirmParams: { return_url: document.location.href },
    redirect: 'if_required',
  });
  document.querySelector('#result').textContent = error ? `refused: ${error.code}` : setupIntent.status;
});
