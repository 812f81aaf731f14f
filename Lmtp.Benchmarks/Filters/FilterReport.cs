using System.Globalization;
using Lmtp.Benchmarks.Mime;
using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Stages;
using Lmtp.Server.Filters;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage;
using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;

namespace Lmtp.Benchmarks.Filters;

/// <summary>
/// Measures the rule step, from the documents of 20 filters of 3 conditions and the marks of spam scanners to the merged
/// actions, the decision about spam and the header lines that say so, beside parsing the message of 30 kB that they look at. In CPU time of the process, in turns, so that other load disturbs both alike.
/// </summary>
internal static class FilterReport
{
    private const int FilterCount = 20;
    private const int WarmUpRounds = 30;
    private const int Rounds = 20;
    private const int CallsPerRound = 200;

    /// <summary>Prints both costs and their ratio.</summary>
    public static async Task RunAsync()
    {
        var bytes = SampleMessages.Multipart();
        var message = await ParseAsync(bytes).ConfigureAwait(false);
        var documents = Filters();
        await using var services = new ServiceCollection()
            .AddOptions()
            .AddSingleton<SpamSignals>()
            .BuildServiceProvider();
        var signals = services.GetRequiredService<SpamSignals>();
        var kept = Decide(message, documents, signals);

        // The runtime compiles both anew while they run; on a busy machine that takes a while.
        for (var round = 0; round < WarmUpRounds; round++)
        {
            await MeasureAsync(async () => await ParseAsync(bytes).ConfigureAwait(false)).ConfigureAwait(false);
            await MeasureAsync(Step).ConfigureAwait(false);
        }

        var parsing = new List<double>(Rounds);
        var deciding = new List<double>(Rounds);
        for (var round = 0; round < Rounds; round++)
        {
            parsing.Add(await MeasureAsync(async () => await ParseAsync(bytes).ConfigureAwait(false)).ConfigureAwait(false));
            deciding.Add(await MeasureAsync(Step).ConfigureAwait(false));
        }

        // The fastest round of each is the one that others disturbed least.
        var (parse, decide) = (parsing.Min(), deciding.Min());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"parse {bytes.Length} bytes: {parse:F1} us; {FilterCount} filters of 3 conditions, {kept} of which hold: {decide:F1} us; ratio {decide / parse:F2}"));

        ValueTask Step()
        {
            Decide(message, documents, signals);
            return ValueTask.CompletedTask;
        }
    }

    private static async ValueTask<IndexedMessage> ParseAsync(byte[] bytes)
    {
        using var indexer = new MessageIndexer();
        indexer.Write(bytes);
        return await indexer.CompleteAsync(new MemoryMessageSource(bytes), CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task<double> MeasureAsync(Func<ValueTask> call)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var index = 0; index < CallsPerRound; index++)
        {
            await call().ConfigureAwait(false);
        }

        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / CallsPerRound;
    }

    private static int Decide(IndexedMessage message, List<BsonDocument> documents, SpamSignals signals)
    {
        var transaction = new MailTransaction
        {
            Session = new SessionInfo { SessionId = "benchmark", ClientHost = "localhost", LhloName = "localhost" },
            ReversePath = "sender@example.test",
        };
        var context = MessageContext.Of(transaction, message, TimeProvider.System);
        var copy = MessageCopy.Create(message, "user+tag@example.test", context.Sender, isFirst: true);
        var recipient = new RecipientContext(
            new ResolvedRecipient("user+tag@example.test", "", ""), copy, TimeProvider.System.GetUtcNow());
        var signal = signals.Read(copy);
        recipient.SpamSignal = signal;
        var decision = FilterEngine.Decide(new FilterInput
        {
            Message = FilteredMessage.Of(context, recipient, signal.Score),
            Filters = [.. documents.Select(FilterStore.ToFilter)],
            DomainAccess = new DomainAccessRule("0123456789abcdef01234567", "staff", "example.test", IsBlocked: false),
            SpamLevel = 50,
            SpamScore = signal.Score,
        });
        recipient.AddFields(decision.ClassificationFields);
        return decision.Matching.Count();
    }

    // Half of them WildDuck's own; of the others each has a condition of another kind. Every fourth one holds by its last
    // condition, so that actions are merged, and none ends early.
    private static List<BsonDocument> Filters() =>
    [
        .. Enumerable.Range(0, FilterCount).Select(index => BsonDocument.Parse(index % 2 == 0
            ? $"{{ query: {{ headers: {{ from: 'nobody{index}', subject: 'nothing{index}' }}, text: 'neither nor{index}' }}, action: {{ flag: true }} }}"
            : $$"""
              { query: {}, action: {}, lmtp: { match: 'any', conditions: [
                { type: 'header', name: 'x-header-{{index}}', op: 'wildcard', value: '*nothing*' },
                { type: 'sender', op: 'equals', value: 'nobody{{index}}@other.test' },
                {{Third(index)}} ], actions: { seen: true, keywords: ['k{{index}}'], mailbox: { path: 'Lists' } } } }
              """).Set("_id", ObjectId.GenerateNewId())),
    ];

    private static string Third(int index) => (index % 4) switch
    {
        1 => $"{{ type: 'body', op: 'contains', value: 'nothing like {index}', not: true }}",
        _ => $"{{ type: 'header', name: 'subject', op: 'regex', value: '^(re|fw): \\\\[list{index}\\\\]' }}",
    };
}
