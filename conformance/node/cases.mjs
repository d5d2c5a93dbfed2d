// What every client is asked to do at every provider. Each case runs unary and streamed; the simulated providers
// (ProtocolProvider in the Java tests) follow words of the prompt and tell what reached them.
import assert from 'node:assert/strict';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n').toString('base64');

const person = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
};
const weather = {
  name: 'get_weather',
  description: 'The weather of a city',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' }, days: { type: 'integer' } },
    required: ['city', 'days'],
    additionalProperties: false,
  },
};
const time = {
  name: 'get_time',
  description: 'The time now',
  parameters: { type: 'object', properties: {}, additionalProperties: false },
};

async function says(client, model, o, parts, text) {
  const answer = await client.ask(model, [client.user(...parts)], o);
  assert.equal(answer.text, text);
  assert.equal(answer.finish, 'stop');
  assert.deepEqual(answer.calls, []);
  return answer;
}

/** Calls tools, brings their results back, and has them told. */
async function calls(client, model, o, prompt, count) {
  const messages = [client.user(prompt)];
  const first = await client.ask(model, messages, o);
  assert.equal(first.finish, 'tools');
  assert.equal(first.calls.length, count);
  for (const call of first.calls) {
    assert.equal(call.name, 'get_weather');
    assert.deepEqual(call.input, { city: 'Kiel', days: 42 });
  }
  if (count > 1) assert.notEqual(first.calls[0].id, first.calls[1].id);
  const outputs = first.calls.map((_, i) => `${12 + i} degrees`);
  messages.push(...first.said, ...client.results(first.calls, outputs));
  const second = await client.ask(model, messages, { ...o, choice: undefined });
  assert.equal(second.finish, 'stop');
  const told = second.text.replaceAll(' ', '').split(';');
  assert.equal(told.length, count);
  told.forEach((it, i) => {
    const [call, output] = it.split('=');
    assert.ok(call.startsWith('get_weather{'), it);
    assert.deepEqual(JSON.parse(call.slice('get_weather'.length)), { city: 'Kiel', days: 42 });
    assert.match(output, new RegExp(`^("|\\{.*")?${12 + i}degrees("|"\\})?$`));
  });
  return first;
}

async function fails(client, model, o, status, told) {
  await assert.rejects(
    client.ask(model, [client.user(`please fail with ${status}`)], o),
    (error) => {
      assert.ok(client.isError(error, told), `${error.name} ${error.status ?? error.statusCode}: ${error.message}`);
      assert.match(error.message, new RegExp(`as you wish: ${status}`));
      return true;
    },
  );
}

export const cases = {
  text: (client, model, o) => says(client, model, o, ['hello there'], 'You said: hello there'),

  usage: async (client, model, o) => {
    const answer = await client.ask(model, [client.user('hello there')], o);
    assert.deepEqual(answer.usage, { input: 12, output: 7 });
  },

  'many turns': async (client, model, o) => {
    const messages = [client.user('My name is Ada.'), client.assistant('Hello Ada.'), client.user('recall it all')];
    const answer = await client.ask(model, messages, { ...o, system: 'Be brief.' });
    assert.equal(
      answer.text,
      'system: Be brief. | user: My name is Ada. | assistant: Hello Ada. | user: recall it all',
    );
  },

  image: (client, model, o) =>
    says(client, model, o, ['what is this?', { image: PNG }], `saw image/png of ${PNG.length}`),

  document: (client, model, o) =>
    says(client, model, o, ['what is this?', { pdf: PDF }], `saw application/pdf of ${PDF.length}`),

  'a call': (client, model, o) => calls(client, model, { ...o, tools: [weather] }, 'the weather in Kiel', 1),

  'two calls': (client, model, o) => calls(client, model, { ...o, tools: [weather] }, 'two of them', 2),

  'forced call': (client, model, o) =>
    calls(client, model, { ...o, tools: [time, weather], choice: 'get_weather' }, 'just go', 1),

  'structured output': async (client, model, o) => {
    const answer = await client.ask(model, [client.user('a person')], { ...o, schema: person });
    assert.deepEqual(JSON.parse(answer.text), { name: 'Kiel', age: 42 });
    assert.equal(answer.finish, 'stop');
  },

  'json mode': async (client, model, o) => {
    const answer = await client.ask(model, [client.user('anything, as JSON')], { ...o, json: true });
    assert.deepEqual(JSON.parse(answer.text), { ok: true });
    assert.equal(answer.finish, 'stop');
  },

  'reasoning and a call': async (client, model, o) => {
    const first = await calls(client, model, { ...o, tools: [weather], think: true }, 'think of the weather', 1);
    if (!client.silent) assert.equal(first.thoughts, 'First I should look it up.');
  },

  stop: async (client, model, o) => {
    const answer = await client.ask(model, [client.user('count')], { ...o, stop: ['END'] });
    assert.equal(answer.text, 'until end');
    assert.equal(answer.finish, 'stop');
  },

  length: async (client, model, o) => {
    const answer = await client.ask(model, [client.user('run out')], o);
    assert.equal(answer.text, 'There once was');
    assert.equal(answer.finish, 'length');
  },

  refusal: async (client, model, o) => {
    const answer = await client.ask(model, [client.user('refuse')], o);
    assert.match(answer.text + answer.refusal, /^I won't\.$|^$/);
    assert.ok(['stop', 'filter', 'refusal'].includes(answer.finish), answer.finish);
  },

  filter: async (client, model, o) => {
    const answer = await client.ask(model, [client.user('be filtered')], o);
    assert.ok(['filter', 'refusal'].includes(answer.finish), answer.finish);
  },

  'error 400': (client, model, o) => fails(client, model, o, 400, 400),
  'error 429': (client, model, o) => fails(client, model, o, 429, 429),
  'error 500': (client, model, o) => fails(client, model, o, 500, 502),

  'broken stream': async (client, model, o) => {
    if (!o.stream) return;
    let pieces = 0;
    await assert.rejects(
      client.ask(model, [client.user('break off please')], { ...o, piece: () => pieces++ }),
      (error) => !(error instanceof assert.AssertionError) && !(error instanceof TypeError),
    );
    assert.ok(pieces > 0, 'something came before');
  },

  abort: async (client, model, o) => {
    const aborter = new AbortController();
    const began = performance.now();
    if (!o.stream) setTimeout(() => aborter.abort(), 100);
    await assert.rejects(
      client.ask(model, [client.user('tell it slowly')], {
        ...o,
        signal: aborter.signal,
        piece: () => aborter.abort(),
      }),
      (error) => {
        assert.ok(client.isAbort(error), `${error.name}: ${error.message}`);
        return true;
      },
    );
    assert.ok(performance.now() - began < 5_000);
  },
};
