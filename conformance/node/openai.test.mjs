// The official OpenAI SDK for Node, unmodified, against a running gateway whose provider "openai" is the
// simulator. FAIRLEAD_URL and FAIRLEAD_KEY say where; the Java test OpenAiNodeTest starts both.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import OpenAI, { toFile } from 'openai';

const url = process.env.FAIRLEAD_URL;
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: process.env.FAIRLEAD_KEY, maxRetries: 0 });
const say = (text) => [{ role: 'user', content: text }];

test('chat answers with the last user message', async () => {
  const answer = await client.chat.completions.create({ model: 'sim/echo', messages: say('Hello, fairlead') });
  assert.equal(answer.object, 'chat.completion');
  assert.equal(answer.choices[0].message.content, 'Hello, fairlead');
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.ok(answer.usage.prompt_tokens > 0);
  assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
});

test('chat says who answered and what it cost in headers', async () => {
  const { response } = await client.chat.completions
    .create({ model: 'openai/gpt-4o', messages: say('price me') })
    .withResponse();
  assert.equal(response.headers.get('x-fairlead-model'), 'openai/gpt-4o');
  assert.match(response.headers.get('x-fairlead-request-id'), /\S+/);
  assert.equal(response.headers.get('x-fairlead-attempts'), '1');
  assert.match(response.headers.get('x-fairlead-cost'), /^\d+\.\d+$/);
  assert.match(response.headers.get('x-fairlead-overhead-us'), /^\d+$/);
});

test('a streamed chat gives the same text in pieces and no usage unless asked', async () => {
  const stream = await client.chat.completions.create({
    model: 'sim/echo',
    messages: say('one two three four'),
    stream: true,
  });
  let text = '';
  let finish = null;
  for await (const chunk of stream) {
    assert.equal(chunk.object, 'chat.completion.chunk');
    assert.ok(chunk.choices.length > 0, 'no chunk without a choice');
    assert.ok(!('usage' in chunk), 'no usage member that was not asked for');
    text += chunk.choices[0].delta.content ?? '';
    finish = chunk.choices[0].finish_reason ?? finish;
  }
  assert.equal(text, 'one two three four');
  assert.equal(finish, 'stop');
});

test('a streamed chat has usage in the last chunk when asked', async () => {
  const stream = await client.chat.completions.create({
    model: 'openai/gpt-4o',
    messages: say('count me'),
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  const last = chunks.at(-1);
  assert.deepEqual(last.choices, []);
  assert.ok(last.usage.completion_tokens > 0);
});

const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather of a city',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['celsius', 'fahrenheit'] } },
      required: ['city', 'unit'],
      additionalProperties: false,
    },
  },
};

for (const stream of [false, true]) {
  test(`tools are called, and answered after the result (stream: ${stream})`, async () => {
    const messages = say('What is the weather in Kiel?');
    const first = stream
      ? await client.chat.completions.stream({ model: 'sim/tools', messages, tools: [weather] }).finalChatCompletion()
      : await client.chat.completions.create({ model: 'sim/tools', messages, tools: [weather] });
    const choice = first.choices[0];
    assert.equal(choice.finish_reason, 'tool_calls');
    const call = choice.message.tool_calls[0];
    assert.equal(call.function.name, 'get_weather');
    const input = JSON.parse(call.function.arguments);
    assert.equal(typeof input.city, 'string');
    assert.ok(['celsius', 'fahrenheit'].includes(input.unit));

    const second = await client.chat.completions.create({
      model: 'sim/tools',
      tools: [weather],
      messages: [
        ...messages,
        choice.message,
        { role: 'tool', tool_call_id: call.id, content: '12 degrees' },
      ],
    });
    assert.equal(second.choices[0].finish_reason, 'stop');
    assert.ok(second.choices[0].message.content.length > 0);
  });
}

test('structured output is valid for the schema', async () => {
  const answer = await client.chat.completions.create({
    model: 'sim/echo',
    messages: say('a person'),
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: 'person',
        strict: true,
        schema: {
          type: 'object',
          properties: { name: { type: 'string' }, age: { type: 'integer' } },
          required: ['name', 'age'],
          additionalProperties: false,
        },
      },
    },
  });
  const person = JSON.parse(answer.choices[0].message.content);
  assert.equal(typeof person.name, 'string');
  assert.ok(Number.isInteger(person.age));
});

test('responses answer', async () => {
  const response = await client.responses.create({ model: 'openai/gpt-4o', input: 'Hello' });
  assert.equal(response.object, 'response');
  assert.equal(response.status, 'completed');
  assert.ok(response.output_text.length > 0);
});

test('responses stream from created to completed', async () => {
  const stream = await client.responses.create({ model: 'openai/gpt-4o', input: 'Hello', stream: true });
  const types = [];
  let text = '';
  for await (const event of stream) {
    types.push(event.type);
    if (event.type === 'response.output_text.delta') text += event.delta;
  }
  assert.equal(types[0], 'response.created');
  assert.equal(types.at(-1), 'response.completed');
  assert.ok(text.length > 0);
});

test('embeddings come as numbers', async () => {
  const answer = await client.embeddings.create({ model: 'openai/text-embedding-3-small', input: ['a', 'b'] });
  assert.equal(answer.data.length, 2);
  assert.equal(typeof answer.data[0].embedding[0], 'number');
});

test('a file of audio is transcribed', async () => {
  const file = await toFile(Buffer.alloc(64 * 1024, 7), 'speech.wav');
  const answer = await client.audio.transcriptions.create({ model: 'openai/whisper-1', file });
  assert.ok(answer.text.length > 0);
});

test('speech comes as bytes', async () => {
  const answer = await client.audio.speech.create({ model: 'openai/tts-1', voice: 'alloy', input: 'Hello' });
  assert.ok((await answer.arrayBuffer()).byteLength > 0);
});

test('images are generated', async () => {
  const answer = await client.images.generate({ model: 'openai/gpt-image-1', prompt: 'a boat' });
  assert.ok(answer.data[0].b64_json.length > 0);
});

test('moderation answers', async () => {
  const answer = await client.moderations.create({ model: 'openai/omni-moderation-latest', input: 'hello' });
  assert.equal(typeof answer.results[0].flagged, 'boolean');
});

test('models are listed and found, slash and all', async () => {
  const ids = [];
  for await (const model of client.models.list()) ids.push(model.id);
  assert.ok(ids.includes('sim/echo'));
  const model = await client.models.retrieve('sim/echo');
  assert.equal(model.id, 'sim/echo');
});

test('a wrong key is an AuthenticationError', async () => {
  const stranger = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'fl-nobody-000000000000000000000000', maxRetries: 0 });
  await assert.rejects(
    stranger.chat.completions.create({ model: 'sim/echo', messages: say('x') }),
    (error) => error instanceof OpenAI.AuthenticationError && error.code === 'unauthenticated',
  );
});

test('an unknown model is a NotFoundError with the nearest names', async () => {
  await assert.rejects(
    client.chat.completions.create({ model: 'simm/echo', messages: say('x') }),
    (error) => error instanceof OpenAI.NotFoundError && error.code === 'model_not_found' && /sim\/echo/.test(error.message),
  );
});

test('a missing field is a BadRequestError that names it', async () => {
  await assert.rejects(
    client.chat.completions.create({ model: 'sim/echo' }),
    (error) => error instanceof OpenAI.BadRequestError && error.param === 'messages',
  );
});

test('an abort in the middle of a stream ends it', async () => {
  const stream = await client.chat.completions.create({
    model: 'sim/slow',
    messages: say('a long story, told slowly'),
    stream: true,
  });
  let seen = 0;
  for await (const _ of stream) {
    if (++seen === 2) stream.controller.abort();
  }
  assert.ok(seen >= 2 && seen < 10_000);
});

test('a client timeout is an APIConnectionTimeoutError', async () => {
  await assert.rejects(
    client.chat.completions.create({ model: 'sim/slow', messages: say('x') }, { timeout: 50 }),
    (error) => error instanceof OpenAI.APIConnectionTimeoutError,
  );
});

test('a stream cut in the middle is an error, not an end', async () => {
  const stream = await client.chat.completions.create({
    model: process.env.FAIRLEAD_CUT_MODEL,
    messages: say('cut me'),
    stream: true,
  });
  await assert.rejects(async () => {
    for await (const _ of stream) {
      // read on until it breaks
    }
  }, OpenAI.APIError);
});
