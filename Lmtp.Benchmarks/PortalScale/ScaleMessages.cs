using System.Globalization;
using System.Text;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage.MessageDocuments;
using MongoDB.Bson;

namespace Lmtp.Benchmarks.PortalScale;

/// <summary>The messages of a full mailbox, each with a sender, subject and text of its own: the same in every run.</summary>
internal sealed class ScaleMessages(ObjectId user, ObjectId mailbox, int count, DateTimeOffset now)
{
    /// <summary>A word of every message.</summary>
    public const string FrequentWord = "regards";

    /// <summary>A word of one message of a thousand.</summary>
    public const string RareWord = "zeppelin";

    private const int MinutesApart = 5;
    private const int WordsOfShortest = 40;
    private const int MoreWordsAtMost = 400;

    private static readonly string[] Words =
    [
        "account", "answer", "appointment", "budget", "calendar", "change", "contract", "customer", "delivery", "document",
        "estimate", "evening", "feedback", "garden", "holiday", "invoice", "journey", "kitchen", "library", "meeting",
        "minutes", "newsletter", "offer", "order", "package", "payment", "picture", "project", "question", "receipt",
        "reminder", "report", "request", "schedule", "summary", "ticket", "travel", "update", "weather", "workshop",
    ];

    private readonly MessageDocumentBuilder _builder = new();

    /// <summary>The document of a message; of two, the one with the greater number came later.</summary>
    public async Task<BsonDocument> CreateAsync(int number, CancellationToken cancellationToken)
    {
        var bytes = Bytes(number);
        using var indexer = new MessageIndexer();
        indexer.Write(bytes);
        var message = await indexer.CompleteAsync(new MemoryMessageSource(bytes), cancellationToken).ConfigureAwait(false);
        var time = now.UtcDateTime.AddMinutes(MinutesApart * (number - count));
        return _builder.Build(new MessageFields
        {
            Id = ObjectId.GenerateNewId(time),
            Copy = MessageCopy.Create(message, ScaleNames.Address(0), Sender(number), isFirst: true),
            InternalDate = time,
            Meta = [],
            Flags = Flags(number),
            Magic = 1,
            Mailbox = mailbox,
            User = user,
            Uid = number + 1,
            ModSeq = number + 2,
            Thread = ObjectId.GenerateNewId(time),
        });
    }

    private static byte[] Bytes(int number)
    {
        var random = new Random(number);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"From: {ScaleNames.Username(number % 400)} <{Sender(number)}>\r\n")
            .Append(CultureInfo.InvariantCulture, $"To: {ScaleNames.Address(0)}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Subject: {Word(random)} {Word(random)} {number}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Message-ID: <{number:x8}.2@friend.test>\r\n\r\n");
        for (var word = WordsOfShortest + random.Next(MoreWordsAtMost); word > 0; word--)
        {
            text.Append(Word(random)).Append(word % 12 == 0 ? "\r\n" : " ");
        }

        text.Append(number % 1_000 == 500 ? RareWord : "Best").Append(' ').Append(FrequentWord).Append("\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static string Sender(int number) => number % 10 == 0
        ? ScaleNames.FrequentSender
        : string.Create(CultureInfo.InvariantCulture, $"{ScaleNames.Username(number % 400)}@friend{number % 400}.test");

    private static string Word(Random random) => Words[random.Next(Words.Length)];

    // The last are unread, and one of a hundred is flagged.
    private IReadOnlyList<string> Flags(int number) =>
        [.. number < count - 2_000 ? [@"\Seen"] : Array.Empty<string>(), .. number % 100 == 50 ? [@"\Flagged"] : Array.Empty<string>()];
}
