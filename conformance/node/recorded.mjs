// Holds a conversation of two turns with every recorded answer, for every client, and prints one line of JSON for each.
// FAIRLEAD_URL and FAIRLEAD_KEY say where the gateway is, FAIRLEAD_RECORDED is a file with the recordings: their model,
// whether they are streams, and the tools they call. The Java test RecordedConversationsTest compares what this prints.
import { readFileSync } from 'node:fs';
import { messages } from './client-anthropic.mjs';
import { generateContent } from './client-google.mjs';
import { chat, responses } from './client-openai.mjs';

const url = process.env.FAIRLEAD_URL;
const key = process.env.FAIRLEAD_KEY;
const recorded = JSON.parse(readFileSync(process.env.FAIRLEAD_RECORDED, 'utf8'));
const clients = [chat(url, key), responses(url, key), messages(url, key), generateContent(url, key)];

const system = 'You are an agent that works on a code base. Use the tools.';
const output = 'exit code 0';

function tools(names) {
  return names.map((name) => ({
    name,
    description: `Does what ${name} does.`,
    parameters: { type: 'object', properties: {}, additionalProperties: true },
  }));
}

async function converse(client, { model, stream, calls }) {
  const conversation = [client.user(`[${client.name}] Go on.`)];
  const options = { system, stream, think: true, ...(calls.length ? { tools: tools(calls) } : {}) };
  const first = await client.ask(model, conversation, options);
  if (first.calls.length) {
    conversation.push(...first.said, ...client.results(first.calls, first.calls.map(() => output)));
    const second = await client.ask(model, conversation, options);
    first.second = second.text;
  }
  const { said, ...told } = first;
  return told;
}

for (const client of clients) {
  for (const recording of recorded) {
    let told;
    try {
      told = await converse(client, recording);
    } catch (error) {
      told = { error: `${error.name}: ${error.message}` };
    }
    process.stdout.write(`${JSON.stringify({ client: client.name, model: recording.model, ...told })}\n`);
  }
}
