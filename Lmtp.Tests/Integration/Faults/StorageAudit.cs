using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// Reads a whole mail database and lists everything that does not fit together: counters, numbers, journal, attachments,
/// claims, unfinished changes and tokens.
/// </summary>
internal sealed class StorageAudit(IMongoDatabase mail, IMongoDatabase own)
{
    private readonly List<string> _problems = [];
    private List<BsonDocument> _messages = [];
    private HashSet<BsonValue> _unchecked = [];

    /// <summary>Lists what is wrong; empty when nothing is.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync()
    {
        _problems.Clear();
        _messages = await ReadAsync(mail, "messages");
        _unchecked = [.. (await ReadAsync(own, "deliveries")).Where(claim => claim["leaseUntil"] != BsonNull.Value).Select(claim => claim["_id"])];
        await CheckUsersAsync();
        await CheckMailboxesAsync();
        await CheckJournalAsync();
        await CheckAttachmentsAsync();
        await CheckAddressRegisterAsync();
        await CheckClaimsAsync();
        return _problems;
    }

    private static async Task<List<BsonDocument>> ReadAsync(IMongoDatabase database, string collection) =>
        await database.GetCollection<BsonDocument>(collection)
            .Find(FilterDefinition<BsonDocument>.Empty)
            .ToListAsync(TestContext.Current.CancellationToken);

    private async Task CheckUsersAsync()
    {
        var used = _messages.ToLookup(message => message["user"]);
        foreach (var user in await ReadAsync(mail, "users"))
        {
            Expect($"storageUsed of {user["username"]}", used[user["_id"]].Sum(message => message["size"].ToInt64()), user["storageUsed"].ToInt64());
            CheckTokens($"user {user["username"]}", user);
        }
    }

    private async Task CheckMailboxesAsync()
    {
        var mailboxes = (await ReadAsync(mail, "mailboxes")).ToDictionary(mailbox => mailbox["_id"]);
        foreach (var mailbox in _messages.GroupBy(message => message["mailbox"]))
        {
            var uids = mailbox.Select(message => message["uid"].ToInt32()).ToList();
            var modseqs = mailbox.Select(message => message["modseq"].ToInt32()).ToList();
            Expect("UIDs without duplicates", uids.Count, uids.Distinct().Count());
            Expect("modseqs without duplicates", modseqs.Count, modseqs.Distinct().Count());
            var document = mailboxes[mailbox.Key];
            Expect("uidNext above all UIDs", true, document["uidNext"].ToInt32() > uids.Max());
            Expect("modifyIndex at least the highest modseq", true, document["modifyIndex"].ToInt32() >= modseqs.Max());
        }
    }

    private async Task CheckJournalAsync()
    {
        var entries = (await ReadAsync(mail, "journal")).ToLookup(entry => entry["message"]);
        foreach (var message in _messages)
        {
            var entry = entries[message["_id"]].Where(entry => entry["command"] != "FETCH").ToList();
            Expect($"journal entries of {message["_id"]}", 1, entry.Count);
            Expect(
                $"journal entry of the modseq of {message["_id"]}", true, entries[message["_id"]].Any(entry => entry["modseq"] == message["modseq"]));
            var wasChanged = entries[message["_id"]].Any(entry => entry["command"] == "FETCH");
            string[] fields = wasChanged ? ["uid", "mailbox", "user", "thread"] : ["uid", "modseq", "mailbox", "user", "thread"];
            foreach (var field in entry.Count == 1 ? fields : [])
            {
                Expect($"{field} in the journal entry of {message["_id"]}", message[field], entry[0][field]);
            }
        }

        var living = _messages.Select(message => message["_id"]).ToHashSet();
        foreach (var gone in entries.Where(entry => !living.Contains(entry.Key)))
        {
            Expect($"EXPUNGE of {gone.Key}", 1, gone.Count(entry => entry["command"] == "EXPUNGE"));
        }
    }

    private async Task CheckAttachmentsAsync()
    {
        var chunks = (await ReadAsync(mail, "attachments.chunks")).ToLookup(chunk => chunk["files_id"]);
        var files = await ReadAsync(mail, "attachments.files");
        var uses = _messages.Concat(await ReadAsync(mail, "archived"))
            .SelectMany(
                message => message["mimeTree"].AsBsonDocument.GetValue("attachmentMap", new BsonDocument()).AsBsonDocument.Values,
                (message, file) => (File: file, Magic: message["magic"].ToInt64()))
            .ToLookup(use => use.File, use => use.Magic);
        foreach (var file in files)
        {
            var name = $"attachment {file["_id"]}";
            Expect($"{name}: c", uses[file["_id"]].Count(), file["metadata"]["c"].ToInt32());
            Expect($"{name}: m", uses[file["_id"]].Sum(), file["metadata"]["m"].ToInt64());
            var content = chunks[file["_id"]].OrderBy(chunk => chunk["n"].ToInt32()).ToList();
            Expect($"{name}: bytes", file["length"].ToInt64(), content.Sum(chunk => (long)chunk["data"].AsBsonBinaryData.Bytes.Length));
            Expect($"{name}: chunks in order", true, content.Select(chunk => chunk["n"].ToInt32()).SequenceEqual(Enumerable.Range(0, content.Count)));
            CheckTokens(name, file);
        }

        var ids = files.Select(file => file["_id"]).ToHashSet();
        Expect("attachments without a file", 0, uses.Count(use => !ids.Contains(use.Key)));
        Expect("chunks without a file", 0, chunks.Where(file => !ids.Contains(file.Key)).Sum(file => file.Count()));
    }

    private async Task CheckAddressRegisterAsync()
    {
        var entries = await ReadAsync(mail, "addressregister");
        var known = entries.Select(entry => (entry["user"], entry["addrview"])).ToList();
        Expect("address register without duplicates", known.Count, known.Distinct().Count());
        foreach (var message in _messages)
        {
            foreach (var author in message["mimeTree"]["parsedHeader"].AsBsonDocument.GetValue("from", new BsonArray()).AsBsonArray)
            {
                Expect($"{author["address"]} in the address register", true, known.Contains((message["user"], author["address"])));
            }
        }
    }

    private async Task CheckClaimsAsync()
    {
        foreach (var claim in await ReadAsync(own, "deliveries"))
        {
            Expect($"claim {claim["_id"]} open", false, claim["state"] == "open");
            Expect($"claim {claim["_id"]} settled", true, claim["settled"].AsBoolean);

            // Only what came to nothing and is looked at once more may still need it.
            var isNeeded = claim["state"] == "aborted" && claim["leaseUntil"] != BsonNull.Value;
            Expect($"claim {claim["_id"]} without a seed", true, isNeeded || !claim["plan"].AsBsonDocument.Contains("encryptionSeed"));
        }

        Expect("unfinished changes", 0, (await ReadAsync(own, "changes")).Count);
    }

    // Settled tokens stay until the delivery, which changed hands, is looked at once more.
    private void CheckTokens(string owner, BsonDocument document)
    {
        var ours = document.GetValue("lmtp", new BsonDocument()).AsBsonDocument;
        Expect($"tokens of {owner}", 0, ours.GetValue("pending", new BsonArray()).AsBsonArray.Count);
        var settled = ours.GetValue("settled", new BsonArray()).AsBsonArray;
        Expect($"settled tokens of {owner} without a delivery to look at", 0, settled.Count(token => !_unchecked.Contains(token)));
        Expect($"settled tokens of {owner} without duplicates", settled.Count, settled.Distinct().Count());
    }

    private void Expect<T>(string what, T expected, T found)
    {
        if (!Equals(expected, found))
        {
            _problems.Add($"{what}: expected {expected}, was {found}");
        }
    }
}
