using System.Text.RegularExpressions;
using MongoDB.Bson;

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
    }

    /// <summary>The message documents by UID, as they are stored.</summary>
    public List<BsonDocument> Messages { get; private set; } = [];

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
        return [.. chunks.OrderBy(chunk => chunk["files_id"]).ThenBy(chunk => chunk["n"]).Select(chunk => _normalizer.Normalize(chunk, ["_id"], []))];
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

    // What the message lacks is made up: a date, an id, names of files.
    private static BsonDocument WithoutGenerated(BsonDocument message)
    {
        var copy = (BsonDocument)message.DeepClone();
        if (copy["hdate"] == copy["idate"])
        {
            copy["hdate"] = "that of the arrival";
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

    private BsonDocument References() => new("$in", new BsonArray(Messages.SelectMany(Attachments).Distinct()));

    private Task<List<BsonDocument>> StoredFilesAsync() =>
        _server.FindAsync("attachments.files", new BsonDocument("_id", References()));

    private async Task<List<BsonDocument>> NormalizeAsync(string collection, string sort, string[] varying, string[] leftOut) =>
        (await _server.FindAsync(collection, _owned, sort)).ConvertAll(document => _normalizer.Normalize(document, varying, leftOut));
}
