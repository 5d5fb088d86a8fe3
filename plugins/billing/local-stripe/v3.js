/* global document */
// The small part of Stripe.js that our pages use, against the local server.
(() => {
  const page = document.defaultView;
  const origin = new URL(document.currentScript.src).origin;
  let calls = 0;

  /** Asks a frame and waits for its answer. */
  function ask(frame, message) {
    const id = ++calls;
    return new Promise((resolve) => {
      const listen = ({ source, origin: from, data }) => {
        if (from !== origin || source !== frame.contentWindow || data?.id !== id) return;
        page.removeEventListener('message', listen);
        resolve(data.result);
      };
      page.addEventListener('message', listen);
      frame.contentWindow.postMessage({ ...message, id }, origin);
    });
  }

  /** Shows the bank's page until the customer has answered it. */
  function showChallenge(address) {
    const dialog = document.createElement('dialog');
    const frame = document.createElement('iframe');
    frame.src = address;
    frame.title = '3-D Secure';
    frame.width = '400';
    frame.height = '420';
    dialog.append(frame);
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((resolve) => {
      const end = () => {
        page.removeEventListener('message', listen);
        dialog.remove();
        resolve();
      };
      const listen = ({ source, origin: from, data }) => {
        if (from === origin && source === frame.contentWindow && data?.type === 'challenged') end();
      };
      page.addEventListener('message', listen);
      dialog.addEventListener('close', end);
    });
  }

  class Element {
    constructor(type) {
      this.type = type;
      this.handlers = new Map();
    }
    mount(target) {
      const place = typeof target === 'string' ? document.querySelector(target) : target;
      this.frame = document.createElement('iframe');
      this.frame.src = `${origin}/v3/card`;
      this.frame.title = 'Secure card payment input frame';
      this.frame.style.width = '100%';
      this.frame.style.border = '0';
      this.frame.height = '340';
      this.ready = new Promise((resolve) => {
        this.frame.addEventListener('load', () => {
          resolve();
          this.emit('ready', {});
        });
      });
      page.addEventListener('message', ({ source, origin: from, data }) => {
        if (from === origin && source === this.frame?.contentWindow && data?.type === 'change')
          this.emit('change', data.change);
      });
      place.replaceChildren(this.frame);
    }
    on(name, handler) {
      this.handlers.set(name, [...(this.handlers.get(name) ?? []), handler]);
      return this;
    }
    emit(name, event) {
      for (const handler of this.handlers.get(name) ?? []) handler({ elementType: this.type, ...event });
    }
    unmount() {
      this.frame?.remove();
      this.frame = undefined;
    }
    destroy() {
      this.unmount();
    }
    focus() {
      this.frame?.focus();
    }
    clear() {}
    update() {}
  }

  function Stripe(publishableKey) {
    async function confirm(element, clientSecret) {
      await element.ready;
      const message = { type: 'confirm', publishableKey, clientSecret };
      const first = await ask(element.frame, message);
      const address = first.setupIntent?.next_action?.use_stripe_sdk?.stripe_js;
      if (first.setupIntent?.status !== 'requires_action' || !address) return first;
      await showChallenge(address);
      const after = await ask(element.frame, { ...message, type: 'read' });
      const failure = after.setupIntent?.last_setup_error;
      return failure && after.setupIntent.status !== 'succeeded' ? { error: failure } : after;
    }
    return {
      elements(options = {}) {
        const made = new Map();
        return {
          clientSecret: options.clientSecret,
          create(type) {
            const element = new Element(type);
            made.set(type, element);
            return element;
          },
          getElement: (type) => made.get(type) ?? null,
          submit: async () => ({}),
          update() {},
          first: () => [...made.values()][0],
        };
      },
      confirmCardSetup: (clientSecret, data) => confirm(data.payment_method.card, clientSecret),
      async confirmSetup({ elements, clientSecret, confirmParams, redirect }) {
        const result = await confirm(elements.first(), clientSecret ?? elements.clientSecret);
        if (result.setupIntent && redirect !== 'if_required' && confirmParams?.return_url) {
          const back = new URL(confirmParams.return_url);
          back.searchParams.set('setup_intent', result.setupIntent.id);
          back.searchParams.set('redirect_status', result.setupIntent.status);
          page.location.assign(back);
        }
        return result;
      },
    };
  }

  Stripe.version = 3;
  page.Stripe = Stripe;
})();
