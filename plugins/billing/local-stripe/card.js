/* global document */
// The frame of the card field: the number goes from here to the server, and never to the page around it.
(() => {
  const page = document.defaultView;
  const form = document.querySelector('#card');
  const problem = document.querySelector('#problem');

  async function call(method, path, key, fields) {
    const body = new page.URLSearchParams(fields).toString();
    const answer = await page.fetch(method === 'GET' ? `${path}?${body}` : path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-www-form-urlencoded' },
      ...(method === 'GET' ? {} : { body }),
    });
    return answer.json();
  }

  const idOf = (clientSecret) => clientSecret.split('_secret_')[0];

  function cardFields() {
    const [month = '', year = ''] = form.elements.expiry.value.split('/').map((part) => part.trim());
    const prefix = 'payment_method_data';
    return {
      [`${prefix}[type]`]: 'card',
      [`${prefix}[card][number]`]: form.elements.number.value,
      [`${prefix}[card][exp_month]`]: month,
      [`${prefix}[card][exp_year]`]: year,
      [`${prefix}[card][cvc]`]: form.elements.cvc.value,
    };
  }

  function show(error) {
    problem.textContent = error ? error.message : '';
    problem.hidden = !error;
  }

  async function answer({ type, publishableKey, clientSecret }) {
    const path = `/v1/setup_intents/${idOf(clientSecret)}`;
    const found =
      type === 'read'
        ? await call('GET', path, publishableKey, { client_secret: clientSecret })
        : await call('POST', `${path}/confirm`, publishableKey, {
            client_secret: clientSecret,
            use_stripe_sdk: 'true',
            ...cardFields(),
          });
    show(found.error);
    return found.error ? { error: found.error } : { setupIntent: found };
  }

  page.addEventListener('message', async ({ source, origin, data }) => {
    if (source !== page.parent || (data?.type !== 'confirm' && data?.type !== 'read')) return;
    source.postMessage({ id: data.id, result: await answer(data) }, origin);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => {
    show(undefined);
    page.parent.postMessage(
      { type: 'change', change: { complete: form.checkValidity(), empty: false } },
      '*',
    );
  });
})();
