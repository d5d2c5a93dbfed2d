// The official OpenAI SDK as two clients of the matrix: chat completions, and responses.
import OpenAI from 'openai';

const sdk = (url, key) => new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
const dataUrl = (type, data) => `data:${type};base64,${data}`;
const isError = (error, status) =>
  error instanceof OpenAI.APIError &&
  error.status === status &&
  (status !== 400 || error instanceof OpenAI.BadRequestError) &&
  (status !== 429 || error instanceof OpenAI.RateLimitError) &&
  (status < 500 || error instanceof OpenAI.InternalServerError);
const isAbort = (error) => error instanceof OpenAI.APIUserAbortError || error.name === 'AbortError';

export function chat(url, key) {
  const client = sdk(url, key);
  const part = (it) => {
    if (typeof it === 'string') return { type: 'text', text: it };
    return it.image
      ? { type: 'image_url', image_url: { url: dataUrl('image/png', it.image) } }
      : { type: 'file', file: { filename: 'paper.pdf', file_data: dataUrl('application/pdf', it.pdf) } };
  };
  return {
    name: 'openai, chat',
    isError,
    isAbort,
    user: (...parts) => ({
      role: 'user',
      content: parts.every((it) => typeof it === 'string') ? parts.join('') : parts.map(part),
    }),
    assistant: (text) => ({ role: 'assistant', content: text }),
    results: (calls, outputs) =>
      calls.map((call, i) => ({ role: 'tool', tool_call_id: call.id, content: outputs[i] })),
    async ask(model, messages, o) {
      const body = { model, messages: o.system ? [{ role: 'developer', content: o.system }, ...messages] : messages };
      if (o.tools) body.tools = o.tools.map((it) => ({ type: 'function', function: it }));
      if (o.choice) body.tool_choice = { type: 'function', function: { name: o.choice } };
      if (o.schema) {
        body.response_format = { type: 'json_schema', json_schema: { name: 'person', strict: true, schema: o.schema } };
      }
      if (o.json) body.response_format = { type: 'json_object' };
      if (o.think) body.reasoning_effort = 'low';
      if (o.stop) body.stop = o.stop;
      let completion;
      if (o.stream) {
        const details = [];
        let thoughts = '';
        const stream = client.chat.completions.stream(
          { ...body, stream_options: { include_usage: true } },
          { signal: o.signal },
        );
        stream.on('chunk', (chunk) => {
          const delta = chunk.choices[0]?.delta;
          thoughts += delta?.reasoning_content ?? '';
          details.push(...(delta?.reasoning_details ?? []));
          if (delta) o.piece?.();
        });
        completion = await stream.finalChatCompletion();
        const message = completion.choices[0].message;
        if (thoughts) message.reasoning_content = thoughts;
        if (details.length) message.reasoning_details = details;
      } else {
        completion = await client.chat.completions.create(body, { signal: o.signal });
      }
      const { message, finish_reason } = completion.choices[0];
      return {
        text: message.content ?? message.audio?.transcript ?? '',
        refusal: message.refusal ?? '',
        thoughts: message.reasoning_content ?? '',
        calls: (message.tool_calls ?? []).map((it) => ({
          id: it.id,
          name: it.function.name,
          input: JSON.parse(it.function.arguments),
        })),
        finish: { tool_calls: 'tools', content_filter: 'filter' }[finish_reason] ?? finish_reason,
        usage: { input: completion.usage?.prompt_tokens, output: completion.usage?.completion_tokens },
        said: [message],
      };
    },
  };
}

export function responses(url, key) {
  const client = sdk(url, key);
  const part = (it) => {
    if (typeof it === 'string') return { type: 'input_text', text: it };
    return it.image
      ? { type: 'input_image', detail: 'auto', image_url: dataUrl('image/png', it.image) }
      : { type: 'input_file', filename: 'paper.pdf', file_data: dataUrl('application/pdf', it.pdf) };
  };
  return {
    name: 'openai, responses',
    lacks: { stop: 'the Responses API has no stop sequences' },
    isError,
    isAbort,
    user: (...parts) => ({ role: 'user', content: parts.map(part) }),
    assistant: (text) => ({ role: 'assistant', content: text }),
    results: (calls, outputs) =>
      calls.map((call, i) => ({ type: 'function_call_output', call_id: call.id, output: outputs[i] })),
    async ask(model, messages, o) {
      const body = { model, input: messages, store: false };
      if (o.system) body.instructions = o.system;
      if (o.tools) body.tools = o.tools.map((it) => ({ type: 'function', strict: false, ...it }));
      if (o.choice) body.tool_choice = { type: 'function', name: o.choice };
      if (o.schema) body.text = { format: { type: 'json_schema', name: 'person', strict: true, schema: o.schema } };
      if (o.json) body.text = { format: { type: 'json_object' } };
      if (o.think) {
        body.reasoning = { effort: 'low', summary: 'auto' };
        body.include = ['reasoning.encrypted_content'];
      }
      let response;
      if (o.stream) {
        const stream = client.responses.stream(body, { signal: o.signal });
        stream.on('event', () => o.piece?.());
        response = await stream.finalResponse();
      } else {
        response = await client.responses.create(body, { signal: o.signal });
      }
      const calls = response.output.filter((it) => it.type === 'function_call');
      const content = response.output.filter((it) => it.type === 'message').flatMap((it) => it.content);
      const thoughts = response.output.filter((it) => it.type === 'reasoning');
      const incomplete = { max_output_tokens: 'length', content_filter: 'filter' };
      return {
        text: response.output_text,
        refusal: content.map((it) => it.refusal ?? '').join(''),
        thoughts: thoughts
          .flatMap((it) => [...(it.summary ?? []), ...(it.content ?? [])])
          .map((it) => it.text)
          .join(''),
        calls: calls.map((it) => ({ id: it.call_id, name: it.name, input: JSON.parse(it.arguments) })),
        finish: response.incomplete_details
          ? incomplete[response.incomplete_details.reason]
          : calls.length
            ? 'tools'
            : 'stop',
        usage: { input: response.usage?.input_tokens, output: response.usage?.output_tokens },
        said: response.output,
      };
    },
  };
}
