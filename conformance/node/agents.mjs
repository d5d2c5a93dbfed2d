// Holds conversations as coding agents do, three turns long, and prints one line of JSON for each turn: what was sent, and
// what came. FAIRLEAD_URL and FAIRLEAD_KEY say where the gateway is, FAIRLEAD_AGENTS is a file that names the agent, the
// model and the tools of each conversation. The Java test AgentsTest compares what this prints.
import { readFileSync } from 'node:fs';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

const url = process.env.FAIRLEAD_URL;
const key = process.env.FAIRLEAD_KEY;
const anything = { type: 'object', properties: {}, additionalProperties: true };

/** A fetch that remembers the bodies it sent. */
function remembering(bodies) {
  return (to, init) => {
    bodies.push(init.body);
    return fetch(to, init);
  };
}

/** The Messages API with marks of the prompt cache, thinking, several tools, and results that move the last mark on. */
async function claude(model, tools, tell) {
  const sent = [];
  const client = new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0, fetch: remembering(sent) });
  const mark = { cache_control: { type: 'ephemeral' } };
  const system = [
    { type: 'text', text: 'You are an agent that works on a code base.', ...mark },
    { type: 'text', text: 'The working directory is /src.', ...mark },
  ];
  const offered = tools.map((name, i) => ({
    name,
    description: `Does what ${name} does.`,
    input_schema: anything,
    ...(i === tools.length - 1 ? mark : {}),
  }));
  const messages = [
    {
      role: 'user',
      content: [
        { type: 'text', text: '<system-reminder>It is Sunday.</system-reminder>' },
        { type: 'text', text: 'Make the tests pass.', ...mark },
      ],
    },
  ];
  for (let turn = 0; turn < 3; turn++) {
    const stream = client.beta.messages.stream({
      model,
      max_tokens: 32000,
      temperature: 1,
      system,
      tools: offered,
      messages,
      thinking: { type: 'enabled', budget_tokens: 4096 },
      metadata: { user_id: 'user_0123' },
      betas: ['claude-code-20250219', 'interleaved-thinking-2025-05-14'],
    });
    const { content, stop_reason, usage } = await stream.finalMessage();
    const calls = content.filter((it) => it.type === 'tool_use');
    tell({
      sent: sent.at(-1),
      text: content.map((it) => it.text ?? '').join(''),
      thoughts: content.map((it) => it.thinking ?? '').join(''),
      calls: calls.map(({ name, input }) => ({ name, input })),
      finish: stop_reason,
      usage: {
        input: usage.input_tokens,
        cached: usage.cache_read_input_tokens,
        written: usage.cache_creation_input_tokens,
        output: usage.output_tokens,
      },
    });
    for (const block of messages.at(-1).content) delete block.cache_control;
    messages.push({ role: 'assistant', content });
    messages.push({
      role: 'user',
      content: calls.map((call, i) => ({
        type: 'tool_result',
        tool_use_id: call.id,
        content: `exit code ${i}`,
        ...(i === calls.length - 1 ? mark : {}),
      })),
    });
  }
}

/** The Responses API with nothing kept by the server, encrypted reasoning, functions and a tool that takes free text. */
async function codex(model, tools, tell) {
  const sent = [];
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0, fetch: remembering(sent) });
  const offered = [
    ...tools.map((name) => ({
      type: 'function',
      name,
      description: `Does what ${name} does.`,
      strict: false,
      parameters: anything,
    })),
    {
      type: 'custom',
      name: 'apply_patch',
      description: 'Edits files.',
      format: { type: 'grammar', syntax: 'lark', definition: 'start: "*** Begin Patch" /(.|\\n)+/ "*** End Patch"' },
    },
  ];
  const input = [
    { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'The sandbox is read-only.' }] },
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: '<environment_context>/src' }] },
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Make the tests pass.' }] },
  ];
  for (let turn = 0; turn < 3; turn++) {
    const stream = client.responses.stream({
      model,
      instructions: 'You are an agent that works on a code base.',
      input,
      tools: offered,
      tool_choice: 'auto',
      parallel_tool_calls: true,
      reasoning: { effort: 'medium', summary: 'auto' },
      include: ['reasoning.encrypted_content'],
      prompt_cache_key: 'session_0123',
      store: false,
    });
    const items = [];
    stream.on('response.output_item.done', ({ item }) => items.push(item));
    const { status, usage } = await stream.finalResponse();
    const calls = items.filter((it) => it.call_id);
    tell({
      sent: sent.at(-1),
      text: items
        .flatMap((it) => (it.type === 'message' ? it.content : []))
        .map((it) => it.text)
        .join(''),
      thoughts: items
        .flatMap((it) => (it.type === 'reasoning' ? [...it.summary, ...(it.content ?? [])] : []))
        .map((it) => it.text)
        .join(''),
      calls: calls.map((it) => ({ name: it.name, input: it.type === 'custom_tool_call' ? it.input : JSON.parse(it.arguments) })),
      finish: status,
      usage: { input: usage.input_tokens, cached: usage.input_tokens_details.cached_tokens, output: usage.output_tokens },
    });
    for (const { id, status: _, ...item } of items) input.push(item);
    for (const [i, call] of calls.entries()) {
      input.push({ type: `${call.type}_output`, call_id: call.call_id, output: `exit code ${i}` });
    }
  }
}

for (const { agent, model, tools } of JSON.parse(readFileSync(process.env.FAIRLEAD_AGENTS, 'utf8'))) {
  const tell = (what) => process.stdout.write(`${JSON.stringify({ agent, model, ...what })}\n`);
  try {
    await { claude, codex }[agent](model, tools, tell);
  } catch (error) {
    tell({ error: `${error.name}: ${error.message}` });
  }
}
