// Stands in for https://js.stripe.com where that cannot be reached: the same calls, a plain form, the fake Stripe behind it.
(() => {
  const api = new URL(document.currentScript.src).origin;
  const ask = async (path, body) => (await fetch(api + path, { method: 'POST', body })).json();

  function dialog(sentence, choices) {
    return new Promise((resolve) => {
      const box = document.createElement('dialog');
      const text = document.createElement('p');
      text.textContent = sentence;
      box.append(text);
      for (const [label, value] of choices) {
        const button = document.createElement('button');
        button.textContent = label;
        button.onclick = () => {
          box.remove();
          resolve(value);
        };
        box.append(button);
      }
      document.body.append(box);
      box.showModal();
    });
  }

  function paymentElement(options) {
    const listeners = {};
    const fields = document.createElement('div');
    const input = (label, name) => {
      const field = document.createElement('label');
      const { colorText, colorBackground, fontFamily, borderRadius } = options.appearance?.variables ?? {};
      field.textContent = label;
      const box = document.createElement('input');
      box.name = name;
      // As if in a frame of its own: the page's form neither sends nor resets it.
      box.setAttribute('form', 'of-stripe');
      Object.assign(field.style, { display: 'block', color: colorText, fontFamily });
      Object.assign(box.style, {
        display: 'block',
        width: '100%',
        padding: '12px',
        margin: '4px 0 12px',
        borderRadius,
      });
      Object.assign(box.style, { background: colorBackground, color: colorText });
      Object.assign(box.style, options.appearance?.rules?.['.Input']);
      field.append(box);
      fields.append(field);
      return box;
    };
    const number = input('Card number', 'number');
    input('Expiration date', 'expiry');
    input('Security code', 'cvc');
    return {
      number,
      mount(target) {
        (typeof target === 'string' ? document.querySelector(target) : target).append(fields);
        queueMicrotask(() => listeners.ready?.());
      },
      on(event, listener) {
        listeners[event] = listener;
        return this;
      },
      destroy: () => fields.remove(),
      update() {},
    };
  }

  window.Stripe = (publishableKey) => {
    if (!publishableKey.startsWith('pk_')) throw new Error('The publishable key is wrong.');
    return {
      elements(options) {
        let element;
        return {
          create: () => (element = paymentElement(options)),
          submit: async () => (element.number.value ? {} : { error: { message: 'Your card number is incomplete.' } }),
          update() {},
          get number() {
            return element.number.value;
          },
        };
      },
      async createConfirmationToken({ elements, params }) {
        const body = JSON.stringify({ number: elements.number, returnUrl: params.return_url });
        const answer = await ask('/browser/confirmation_tokens', body);
        return answer.error ? { error: answer.error } : { confirmationToken: answer };
      },
      async handleNextAction({ clientSecret }) {
        const intent = clientSecret.split('_secret_')[0];
        const answer = await dialog('Your bank asks: is it you?', [
          ['Complete', 'approve'],
          ['Fail', 'refuse'],
        ]);
        const paymentIntent = await ask(
          `/challenge?intent=${intent}&secret=${clientSecret}`,
          new URLSearchParams({ answer }),
        );
        return paymentIntent.last_payment_error ? { error: paymentIntent.last_payment_error } : { paymentIntent };
      },
    };
  };
})();
