// Vercel's AI SDK with its providers for OpenAI (chat and responses), Anthropic and Google, as clients of the matrix.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { APICallError, generateText, jsonSchema, Output, streamText, tool } from 'ai';

globalThis.AI_SDK_LOG_WARNINGS = false;

function client(name, modelOf, thinking, more = {}) {
  const part = (it) => {
    if (typeof it === 'string') return { type: 'text', text: it };
    return it.image
      ? { type: 'image', image: it.image, mediaType: 'image/png' }
      : { type: 'file', data: it.pdf, mediaType: 'application/pdf', filename: 'paper.pdf' };
  };
  return {
    name,
    isError: (error, status) => APICallError.isInstance(error) && error.statusCode === status,
    isAbort: (error) => error.name === 'AbortError',
    user: (...parts) => ({ role: 'user', content: parts.map(part) }),
    assistant: (text) => ({ role: 'assistant', content: [{ type: 'text', text }] }),
    results: (calls, outputs) => [
      {
        role: 'tool',
        content: calls.map((call, i) => ({
          type: 'tool-result',
          toolCallId: call.id,
          toolName: call.name,
          output: { type: 'text', value: outputs[i] },
        })),
      },
    ],
    ...more,
    async ask(model, messages, o) {
      const call = { model: modelOf(model), messages, maxRetries: 0, abortSignal: o.signal };
      if (o.system) call.system = o.system;
      if (o.tools) {
        call.tools = Object.fromEntries(
          o.tools.map(({ name, description, parameters }) => [
            name,
            tool({ description, inputSchema: jsonSchema(parameters) }),
          ]),
        );
      }
      if (o.choice) call.toolChoice = { type: 'tool', toolName: o.choice };
      if (o.schema) call.output = Output.object({ schema: jsonSchema(o.schema) });
      if (o.json) call.output = Output.json();
      if (o.stop) call.stopSequences = o.stop;
      if (o.think) call.providerOptions = thinking;
      let result;
      if (o.stream) {
        result = streamText({ ...call, onError: () => {} });
        for await (const event of result.fullStream) {
          if (event.type === 'error') throw event.error;
          if (event.type === 'abort') throw Object.assign(new Error('aborted'), { name: 'AbortError' });
          if (event.type.endsWith('-delta')) o.piece?.();
        }
      } else {
        result = await generateText(call);
      }
      const usage = await result.usage;
      const finish = await result.finishReason;
      return {
        text: await result.text,
        refusal: '',
        thoughts: (await result.reasoningText) ?? '',
        calls: (await result.toolCalls).map((it) => ({ id: it.toolCallId, name: it.toolName, input: it.input })),
        finish: { 'tool-calls': 'tools', 'content-filter': 'filter' }[finish] ?? finish,
        usage: { input: usage.inputTokens, output: usage.outputTokens },
        said: (await result.response).messages,
      };
    },
  };
}

export function vercel(url, key) {
  const openai = createOpenAI({ baseURL: `${url}/v1`, apiKey: key });
  const anthropic = createAnthropic({ baseURL: `${url}/v1`, apiKey: key });
  const google = createGoogleGenerativeAI({ baseURL: `${url}/v1beta`, apiKey: key });
  return [
    client('ai-sdk, openai chat', (it) => openai.chat(it), { openai: { reasoningEffort: 'low', forceReasoning: true } }, {
      silent: true,
    }),
    client(
      'ai-sdk, openai responses',
      (it) => openai.responses(it),
      {
        openai: {
          reasoningEffort: 'low',
          reasoningSummary: 'auto',
          forceReasoning: true,
          store: false,
          include: ['reasoning.encrypted_content'],
        },
      },
      { lacks: { stop: 'the Responses API has no stop sequences' } },
    ),
    client('ai-sdk, anthropic', (it) => anthropic(it), {
      anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } },
    }),
    client('ai-sdk, google', (it) => google(it), {
      google: { thinkingConfig: { includeThoughts: true, thinkingBudget: 1024 } },
    }),
  ];
}
