// LangChain with its models for OpenAI (chat and responses), Anthropic and Google, as clients of the matrix.
import { ChatAnthropic } from '@langchain/anthropic';
import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { concat } from '@langchain/core/utils/stream';
import { ChatGoogle } from '@langchain/google';
import { ChatOpenAI } from '@langchain/openai';

/** What LangChain calls an end, in the words of each provider. */
const finishes = {
  stop: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  completed: 'stop',
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  tool_calls: 'tools',
  tool_use: 'tools',
  content_filter: 'filter',
  safety: 'filter',
  prohibited_content: 'filter',
};

function finish(message) {
  const told = message.response_metadata;
  const word =
    told.incomplete_details?.reason ??
    told.finish_reason ??
    told.stop_reason ??
    message.additional_kwargs.stop_reason ??
    told.finishReason ??
    told.status;
  const end = finishes[word?.toLowerCase()] ?? word;
  return end === 'stop' && message.tool_calls?.length ? 'tools' : end;
}

function client(name, modelOf, more = {}) {
  const part = (it) => {
    if (typeof it === 'string') return { type: 'text', text: it };
    return it.image
      ? { type: 'image', mimeType: 'image/png', data: it.image }
      : { type: 'file', mimeType: 'application/pdf', data: it.pdf, metadata: { filename: 'paper.pdf' } };
  };
  return {
    name,
    isError: (error, status) => (error.status ?? error.statusCode) === status,
    isAbort: (error) => error.name === 'AbortError' || error.name === 'ModelAbortError' || error.message === 'Aborted',
    user: (...parts) => new HumanMessage({ contentBlocks: parts.map(part) }),
    assistant: (text) => new AIMessage(text),
    results: (calls, outputs) =>
      calls.map((call, i) => new ToolMessage({ tool_call_id: call.id, name: call.name, content: outputs[i] })),
    ...more,
    async ask(model, conversation, o) {
      const messages = o.system ? [new SystemMessage(o.system), ...conversation] : conversation;
      let chat = modelOf(model, o);
      const options = { signal: o.signal };
      if (o.stop) options.stop = o.stop;
      if (o.json) options.response_format = { type: 'json_object' };
      if (o.tools) {
        chat = chat.bindTools(
          o.tools.map((it) => ({ type: 'function', function: it })),
          o.choice ? { tool_choice: o.choice } : {},
        );
      }
      if (o.schema) {
        chat = chat.withStructuredOutput(o.schema, { name: 'person', method: 'jsonSchema', includeRaw: true });
      }
      let message;
      if (o.stream) {
        for await (const chunk of await chat.stream(messages, options)) {
          const more = o.schema ? chunk.raw : chunk;
          if (!more) continue;
          message = message ? concat(message, more) : more;
          o.piece?.();
        }
      } else {
        const answer = await chat.invoke(messages, options);
        message = o.schema ? answer.raw : answer;
      }
      return {
        text: message.text,
        refusal: message.additional_kwargs.refusal ?? '',
        thoughts:
          message.additional_kwargs.reasoning_content ??
          message.contentBlocks
            .filter((it) => it.type === 'reasoning')
            .map((it) => it.reasoning)
            .join(''),
        calls: message.tool_calls.map(({ id, name, args }) => ({ id, name, input: args })),
        finish: finish(message),
        usage: { input: message.usage_metadata?.input_tokens, output: message.usage_metadata?.output_tokens },
        said: [message],
      };
    },
  };
}

export function langchain(url, key) {
  const openai = (model, o, more) =>
    new ChatOpenAI({
      model,
      apiKey: key,
      maxRetries: 0,
      configuration: { baseURL: `${url}/v1` },
      ...(o.think ? { reasoning: { effort: 'low', summary: 'auto' } } : {}),
      ...more,
    });
  return [
    client('langchain, openai chat', (model, o) => openai(model, o, { useResponsesApi: false })),
    client(
      'langchain, openai responses',
      (model, o) =>
        openai(model, o, {
          useResponsesApi: true,
          modelKwargs: { store: false, ...(o.think ? { include: ['reasoning.encrypted_content'] } : {}) },
        }),
      { lacks: { stop: 'the Responses API has no stop sequences' } },
    ),
    client(
      'langchain, anthropic',
      (model, o) =>
        new ChatAnthropic({
          model,
          apiKey: key,
          anthropicApiUrl: url,
          maxRetries: 0,
          maxTokens: 2048,
          ...(o.think ? { thinking: { type: 'enabled', budget_tokens: 1024 } } : {}),
        }),
      {
        lacks: { 'json mode': 'the Messages API has no JSON without a schema' },
        lacksStreamed: { usage: 'the SDK takes the input tokens from the first event, when nobody knows them' },
      },
    ),
    client(
      'langchain, google',
      (model, o) =>
        new ChatGoogle({
          model,
          apiKey: key,
          endpoint: url,
          maxRetries: 0,
          ...(o.think ? { thinkingBudget: 1024 } : {}),
          ...(o.stop ? { stopSequences: o.stop } : {}),
        }),
      {
        lacks: {
          'json mode': 'the SDK asks for JSON by a schema only',
          'broken stream': 'the SDK passes over events that have no candidate, errors too',
        },
      },
    ),
  ];
}
