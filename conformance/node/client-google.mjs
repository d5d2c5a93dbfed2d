// The official Google Gen AI SDK as a client of the matrix.
import { ApiError, GoogleGenAI } from '@google/genai';

export function generateContent(url, key) {
  const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } });
  const part = (it) => {
    if (typeof it === 'string') return { text: it };
    return { inlineData: it.image ? { mimeType: 'image/png', data: it.image } : { mimeType: 'application/pdf', data: it.pdf } };
  };
  return {
    name: 'google, generateContent',
    isError: (error, status) => error instanceof ApiError && error.status === status,
    isAbort: (error) => error.name === 'AbortError',
    user: (...parts) => ({ role: 'user', parts: parts.map(part) }),
    assistant: (text) => ({ role: 'model', parts: [{ text }] }),
    results: (calls, outputs) => [
      {
        role: 'user',
        parts: calls.map(({ id, name }, i) => ({ functionResponse: { id, name, response: { output: outputs[i] } } })),
      },
    ],
    async ask(model, contents, o) {
      const config = { abortSignal: o.signal };
      if (o.system) config.systemInstruction = o.system;
      if (o.tools) {
        config.tools = [
          {
            functionDeclarations: o.tools.map(({ name, description, parameters }) => ({
              name,
              description,
              parametersJsonSchema: parameters,
            })),
          },
        ];
      }
      if (o.choice) config.toolConfig = { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: [o.choice] } };
      if (o.schema || o.json) config.responseMimeType = 'application/json';
      if (o.schema) config.responseJsonSchema = o.schema;
      if (o.think) config.thinkingConfig = { includeThoughts: true, thinkingBudget: 1024 };
      if (o.stop) config.stopSequences = o.stop;
      const parts = [];
      let finish;
      let usage;
      const take = (answer) => {
        const first = answer.candidates?.find((it) => (it.index ?? 0) === 0);
        parts.push(...(first?.content?.parts ?? []));
        finish = first?.finishReason ?? finish;
        usage = answer.usageMetadata ?? usage;
      };
      if (o.stream) {
        for await (const chunk of await client.models.generateContentStream({ model, contents, config })) {
          take(chunk);
          o.piece?.();
        }
      } else {
        take(await client.models.generateContent({ model, contents, config }));
      }
      const calls = parts.filter((it) => it.functionCall).map((it) => it.functionCall);
      const text = (thought) =>
        parts
          .filter((it) => Boolean(it.thought) === thought)
          .map((it) => it.text ?? '')
          .join('');
      const words = { STOP: 'stop', MAX_TOKENS: 'length', SAFETY: 'filter', PROHIBITED_CONTENT: 'filter' };
      return {
        text: text(false),
        refusal: '',
        thoughts: text(true),
        calls: calls.map((it) => ({ id: it.id, name: it.name, input: it.args })),
        finish: calls.length && finish === 'STOP' ? 'tools' : (words[finish] ?? finish),
        usage: {
          input: (usage?.promptTokenCount ?? 0) + (usage?.toolUsePromptTokenCount ?? 0),
          output: (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0),
        },
        said: [{ role: 'model', parts }],
      };
    },
  };
}
