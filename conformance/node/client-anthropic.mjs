// The official Anthropic SDK as a client of the matrix.
import Anthropic from '@anthropic-ai/sdk';

export function messages(url, key) {
  const client = new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0 });
  const part = (it) => {
    if (typeof it === 'string') return { type: 'text', text: it };
    return it.image
      ? { type: 'image', source: { type: 'base64', media_type: 'image/png', data: it.image } }
      : { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: it.pdf } };
  };
  return {
    name: 'anthropic, messages',
    lacks: { 'json mode': 'the Messages API has no JSON without a schema' },
    isError: (error, status) =>
      error instanceof Anthropic.APIError &&
      error.status === status &&
      (status !== 400 || error instanceof Anthropic.BadRequestError) &&
      (status !== 429 || error instanceof Anthropic.RateLimitError) &&
      (status < 500 || error instanceof Anthropic.InternalServerError),
    isAbort: (error) => error instanceof Anthropic.APIUserAbortError,
    user: (...parts) => ({ role: 'user', content: parts.map(part) }),
    assistant: (text) => ({ role: 'assistant', content: text }),
    results: (calls, outputs) => [
      {
        role: 'user',
        content: calls.map((call, i) => ({ type: 'tool_result', tool_use_id: call.id, content: outputs[i] })),
      },
    ],
    async ask(model, conversation, o) {
      const body = { model, max_tokens: 2048, messages: conversation };
      if (o.system) body.system = o.system;
      if (o.tools) {
        body.tools = o.tools.map(({ name, description, parameters }) => ({ name, description, input_schema: parameters }));
      }
      if (o.choice) body.tool_choice = { type: 'tool', name: o.choice };
      if (o.schema) body.output_config = { format: { type: 'json_schema', schema: o.schema } };
      if (o.think) body.thinking = { type: 'enabled', budget_tokens: 1024 };
      if (o.stop) body.stop_sequences = o.stop;
      let message;
      if (o.stream) {
        const stream = client.messages.stream(body, { signal: o.signal });
        stream.on('streamEvent', () => o.piece?.());
        message = await stream.finalMessage();
      } else {
        message = await client.messages.create(body, { signal: o.signal });
      }
      const usage = message.usage;
      const words = { end_turn: 'stop', stop_sequence: 'stop', max_tokens: 'length', tool_use: 'tools' };
      return {
        text: message.content.map((it) => it.text ?? '').join(''),
        refusal: '',
        thoughts: message.content.map((it) => it.thinking ?? '').join(''),
        calls: message.content.filter((it) => it.type === 'tool_use').map(({ id, name, input }) => ({ id, name, input })),
        finish: words[message.stop_reason] ?? message.stop_reason,
        usage: {
          input: usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0),
          output: usage.output_tokens,
        },
        said: [{ role: 'assistant', content: message.content }],
      };
    },
  };
}
