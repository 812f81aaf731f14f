using System.Text.RegularExpressions;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.WildDuck.Documents;

/// <summary>Everything that the database holds for one user, in the form in which two installations are compared.</summary>
internal sealed partial class StoredMail
{
    // Our own sub-document is the only thing that our server adds.
    private static readonly string[] Ours = ["lmtp"];

    private readonly WildDuckServer _server;
    private readonly DocumentNormalizer _normalizer = new();
    private readonly BsonDocument _owned;

    private StoredMail(WildDuckServer server, ObjectId user)
    {
        _server = server;
        _owned = new BsonDocument("user", user);
        _normalizer.Name(user, "the user");
        _normalizer.Name(user.ToString(), "the user");
    }

    /// <summary>The message documents by UID, as they are stored.</summary>
    public List<BsonDocument> Messages { get; private set; } = [];

    /// <summary>Makes the form for a user, with everything that the user's documents refer to.</summary>
    public static async Task<StoredMail> ReadAsync(WildDuckServer server, string user)
    {
        var mail = new StoredMail(server, ObjectId.Parse(user));
        foreach (var mailbox in await server.FindAsync("mailboxes", mail._owned))
        {
            mail._normalizer.Name(mailbox["_id"], $"mailbox {mailbox["path"]}");
        }

        mail.Messages = await server.FindAsync("messages", mail._owned, "uid");
        foreach (var message in mail.Messages)
        {
            mail._normalizer.Name(message["_id"], $"message {message["uid"]}");
            mail._normalizer.Name(message["thread"], $"the thread of message {message["uid"]}");
        }

        await mail.NameOthersAsync();
        return mail;
    }

    /// <summary>
    /// Messages by UID. Times of the delivery and random numbers are compared by their type, and so is the client's name:
    /// our server asks no DNS for it.
    /// </summary>
    public List<BsonDocument> ComparableMessages() =>
    [
        .. Messages.Select(message => _normalizer.Normalize(
            WithoutGenerated(message),
            ["idate", "retentionTime", "magic", "meta.time", "meta.transactionId", "meta.originhost"],
            Ours)),
    ];

    public async Task<List<BsonDocument>> MailboxesAsync() =>
        await NormalizeAsync("mailboxes", "path", ["uidValidity"], Ours);

    /// <summary>Journal entries as they were written one after another; ours have the message's id.</summary>
    public async Task<List<BsonDocument>> JournalAsync() =>
        await NormalizeAsync("journal", "modseq", ["idate", "created"], ["_id"]);

    public async Task<List<BsonDocument>> AddressRegisterAsync() =>
        await NormalizeAsync("addressregister", "addrview", ["_id", "updated"], []);

    public async Task<List<BsonDocument>> AddressesAsync() =>
        await NormalizeAsync("addresses", "addrview", ["_id", "created"], Ours);

    /// <summary>The user. Of the password only the method is compared.</summary>
    /// <param name="leftOut">Fields that are not compared.</param>
    public async Task<BsonDocument> UserAsync(params string[] leftOut)
    {
        var user = Assert.Single(await _server.FindAsync("users", new BsonDocument("_id", _owned["user"])));
        user["password"] = user["password"].AsString[..(user["password"].AsString.LastIndexOf('=') + 1)];
        return _normalizer.Normalize(user, ["created"], [.. Ours, .. leftOut]);
    }

    /// <summary>Threads; the identifiers in one are a set.</summary>
    public async Task<List<BsonDocument>> ThreadsAsync()
    {
        var threads = await NormalizeAsync("threads", "_id", ["updated"], []);
        foreach (var thread in threads)
        {
            thread["ids"] = new BsonArray(thread["ids"].AsBsonArray.Order());
        }

        return [.. threads.OrderBy(thread => thread["_id"])];
    }

    /// <summary>The files of all attachments, in the order of their content.</summary>
    public async Task<List<BsonDocument>> AttachmentFilesAsync() =>
    [
        .. (await StoredFilesAsync()).Select(file =>
            _normalizer.Normalize(file, ["uploadDate", "metadata.cu", "metadata.m"], Ours)),
    ];

    /// <summary>The chunks of all attachments.</summary>
    public async Task<List<BsonDocument>> AttachmentChunksAsync()
    {
        var chunks = await _server.FindAsync("attachments.chunks", new BsonDocument("files_id", References()), "files_id");
        return [.. chunks.OrderBy(chunk => chunk["files_id"]).ThenBy(chunk => chunk["n"]).Select(chunk => _normalizer.Normalize(chunk, ["_id"], Ours))];
    }

    /// <summary>What waits to go out for the user, one document a recipient.</summary>
    public async Task<List<BsonDocument>> QueueEntriesAsync()
    {
        var entries = await FindQueuedAsync("zone-queue", "id", (await StoredQueueFilesAsync()).Select(QueueId));
        return
        [
            .. entries
                .OrderBy(entry => entry["recipient"].AsString, StringComparer.Ordinal)
                .Select(entry => _normalizer.Normalize(entry, ["queued", "created", "lockTime"], ["_id"])),
        ];
    }

    /// <summary>The envelopes and headers of what waits to go out.</summary>
    public async Task<List<BsonDocument>> QueueFilesAsync() =>
    [
        .. (await StoredQueueFilesAsync()).Select(file => _normalizer.Normalize(
            WithoutGeneratedFields(file), ["uploadDate", "metadata.created", "metadata.data.time"], ["_id"])),
    ];

    /// <summary>The bodies of what waits to go out.</summary>
    public async Task<List<byte[]>> QueueBodiesAsync()
    {
        var bodies = new List<byte[]>();
        foreach (var file in await StoredQueueFilesAsync())
        {
            var chunks = await FindQueuedAsync("mail.chunks", "files_id", [file["_id"]]);
            bodies.Add([.. chunks.OrderBy(chunk => chunk["n"].ToInt32()).SelectMany(chunk => chunk["data"].AsByteArray)]);
        }

        return bodies;
    }

    /// <summary>Files whose counters are not what the messages refer to.</summary>
    public async Task<List<string>> WronglyCountedFilesAsync()
    {
        var references = Messages
            .SelectMany(message => Attachments(message).Select(file => (File: file, Magic: message["magic"].ToInt64())))
            .ToLookup(reference => reference.File, reference => reference.Magic);
        return
        [
            .. (await StoredFilesAsync())
                .Where(file => file["metadata"]["c"].ToInt64() != references[file["_id"]].Count()
                    || file["metadata"]["m"].ToInt64() != references[file["_id"]].Sum())
                .Select(file => $"{file["_id"]} {file["metadata"]}"),
        ];
    }

    private static IEnumerable<BsonValue> Attachments(BsonDocument message) =>
        message["mimeTree"].AsBsonDocument.GetValue("attachmentMap", new BsonDocument()).AsBsonDocument.Values;

    private static BsonValue QueueId(BsonDocument file) => file["metadata"]["data"]["id"];

    // A reply has a Message-ID and a date of its own, and names the message by its id.
    private BsonDocument WithoutGeneratedFields(BsonDocument file)
    {
        var copy = (BsonDocument)file.DeepClone();
        var data = copy["metadata"]["data"];
        foreach (var field in data["headers"].AsBsonArray)
        {
            field["line"] = field["key"].AsString is "message-id" or "date"
                ? "generated"
                : field["line"].AsString.Replace(data["parentId"].ToString()!, "the message", StringComparison.Ordinal);
        }

        if (data["reason"] == "autoreply")
        {
            data["messageId"] = "generated";
            data["date"] = "generated";
        }

        // Of a message that was dropped there is nothing but this id.
        _normalizer.Name(data["parentId"], "a dropped message");
        return copy;
    }

    // What the message lacks is made up: a date, an id, names of files.
    private static BsonDocument WithoutGenerated(BsonDocument message)
    {
        var copy = (BsonDocument)message.DeepClone();
        if (copy["hdate"] == copy["idate"])
        {
            copy["hdate"] = "that of the arrival";
        }

        if (copy.Contains("rdate"))
        {
            copy["rdate"] = $"{copy["rdate"].AsDouble - copy["retentionTime"].AsDouble} after the arrival";
        }

        if (copy["msgid"].AsString.EndsWith("@wildduck.email>", StringComparison.Ordinal))
        {
            copy["msgid"] = "generated";
        }

        foreach (var attachment in copy.GetValue("attachments", new BsonArray()).AsBsonArray)
        {
            attachment["filename"] = attachment["filename"] is BsonString name ? GeneratedName().Replace(name.Value, "generated") : attachment["filename"];
        }

        return copy;
    }

    [GeneratedRegex(@"^[0-9a-f]{8}(?=\.)")]
    private static partial Regex GeneratedName();

    private async Task NameOthersAsync()
    {
        foreach (var (filter, index) in (await _server.FindAsync("filters", _owned)).Select((filter, index) => (filter, index)))
        {
            _normalizer.Name(filter["_id"], $"filter {index}");
            foreach (var target in filter["action"].AsBsonDocument.GetValue("targets", new BsonArray()).AsBsonArray)
            {
                _normalizer.Name(target["id"], $"a target of filter {index}");
            }
        }

        foreach (var target in (await _server.FindAsync("users", new BsonDocument("_id", _owned["user"])))
            .SelectMany(user => user.GetValue("targets", new BsonArray()).AsBsonArray))
        {
            _normalizer.Name(target["id"], "a target of the user");
        }

        foreach (var (file, index) in (await StoredQueueFilesAsync()).Select((file, index) => (file, index)))
        {
            _normalizer.Name(QueueId(file), $"queue entry {index}");
            _normalizer.Name($"message {QueueId(file)}", $"queue entry {index}");
        }
    }

    private async Task<List<BsonDocument>> StoredQueueFilesAsync() =>
        await FindQueuedAsync("mail.files", "metadata.data.userId", [_owned["user"].ToString()!]);

    private async Task<List<BsonDocument>> FindQueuedAsync(string collection, string field, IEnumerable<BsonValue> values) =>
        await _server.Queue.GetCollection<BsonDocument>(collection)
            .Find(Builders<BsonDocument>.Filter.In(field, values))
            .Sort(Builders<BsonDocument>.Sort.Ascending("_id"))
            .ToListAsync(TestContext.Current.CancellationToken);

    private BsonDocument References() => new("$in", new BsonArray(Messages.SelectMany(Attachments).Distinct()));

    private Task<List<BsonDocument>> StoredFilesAsync() =>
        _server.FindAsync("attachments.files", new BsonDocument("_id", References()));

    private async Task<List<BsonDocument>> NormalizeAsync(string collection, string sort, string[] varying, string[] leftOut) =>
        (await _server.FindAsync(collection, _owned, sort)).ConvertAll(document => _normalizer.Normalize(document, varying, leftOut));
}
