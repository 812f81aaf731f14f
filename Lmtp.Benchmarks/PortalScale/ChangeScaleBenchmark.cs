using System.Diagnostics;
using System.Globalization;
using Lmtp.Benchmarks.EmbeddedMongo;
using Lmtp.Contracts;
using Lmtp.Server.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Benchmarks.PortalScale;

/// <summary>
/// What changes of many messages and a list of many mailboxes cost, at the HTTP API: database and mail server are processes of
/// their own, and what is told is the processor time of both.
/// </summary>
internal static class ChangeScaleBenchmark
{
    private const int AtOnce = 250;
    private const int Mailboxes = 5_000;
    private const int MessagesOfEach = 2;
    private const int Lists = 5;

    /// <summary>Fills an empty database and measures.</summary>
    /// <param name="count">How many messages are changed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task RunAsync(int count, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("change-scale");
        try
        {
            await using var mongo = await ServerProcess.StartAsync(folder.FullName, cancellationToken).ConfigureAwait(false);
            var (connection, address) = ($"mongodb://{mongo.EndPoint}", ScaleServer.FreeAddress());
            await using var server = await ScaleServer.StartAsync(address, connection, ScaleServer.FreePort(), cancellationToken).ConfigureAwait(false);
            using var client = new MongoClient(connection);
            using var http = ScaleServer.Client(address);
            await ScaleServer.WaitForIndexesAsync(client, cancellationToken).ConfigureAwait(false);
            var api = new LmtpApiClient(http);
            var costs = new Costs(() => server.ProcessorTime + mongo.ProcessorTime);
            var database = client.GetDatabase(MailDatabase.DefaultDatabaseName);
            await MeasureChangesAsync(api, database, costs, count, cancellationToken).ConfigureAwait(false);
            await MeasureListAsync(api, database, costs, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureChangesAsync(
        LmtpApiClient api, IMongoDatabase database, Costs costs, int count, CancellationToken cancellationToken)
    {
        var user = await NewUserAsync(api, "changes", cancellationToken).ConfigureAwait(false);
        var mailboxes = await api.ListMailboxesAsync(user.Id, cancellationToken).ConfigureAwait(false);
        var inbox = mailboxes.Single(mailbox => mailbox.Path == "INBOX").Id;
        var target = mailboxes.Single(mailbox => mailbox.Path == "Trash").Id;
        var warm = (await AddAsync(database, user.Id, inbox, AtOnce, cancellationToken).ConfigureAwait(false))[0];
        var ids = await AddAsync(database, user.Id, inbox, count, cancellationToken).ConfigureAwait(false);
        foreach (var messages in ids.Prepend(warm))
        {
            costs.Begin(isCounted: messages != warm);
            await api.UpdateMessagesAsync(user.Id, inbox, new UpdateMessagesRequest { Messages = messages, Flagged = true }, cancellationToken).ConfigureAwait(false);
            costs.End("flags");
            var moved = await api.MoveMessagesAsync(
                user.Id, inbox, new MoveMessagesRequest { Messages = messages, Mailbox = target }, cancellationToken).ConfigureAwait(false);
            costs.End("move");
            var there = moved.Results.Select(result => result.Changed!.Id).ToArray();
            await api.DeleteMessagesAsync(user.Id, target, new DeleteMessagesRequest { Messages = there }, cancellationToken).ConfigureAwait(false);
            costs.End("deletion");
        }

        costs.Print(count, $"messages, {AtOnce} a request");
    }

    private static async Task MeasureListAsync(
        LmtpApiClient api, IMongoDatabase database, Costs costs, CancellationToken cancellationToken)
    {
        var user = await NewUserAsync(api, "mailboxes", cancellationToken).ConfigureAwait(false);
        for (var number = 0; number < Mailboxes; number++)
        {
            var id = ObjectId.GenerateNewId();
            await database.GetCollection<BsonDocument>("mailboxes").InsertOneAsync(
                new BsonDocument
                {
                    { "_id", id },
                    { "user", ObjectId.Parse(user.Id) },
                    { "path", $"Folder {number}" },
                    { "uidValidity", 1 },
                    { "uidNext", MessagesOfEach + 1 },
                    { "modifyIndex", MessagesOfEach + 1 },
                    { "subscribed", true },
                },
                cancellationToken: cancellationToken).ConfigureAwait(false);
            await AddAsync(database, user.Id, id.ToString(), MessagesOfEach, cancellationToken).ConfigureAwait(false);
        }

        await api.ListMailboxesAsync(user.Id, cancellationToken).ConfigureAwait(false);
        for (var call = 0; call < Lists; call++)
        {
            costs.Begin(isCounted: true);
            await api.ListMailboxesAsync(user.Id, cancellationToken).ConfigureAwait(false);
            costs.End($"list of {Mailboxes} mailboxes");
        }

        costs.Print(Lists, "calls");
    }

    private static Task<UserResponse> NewUserAsync(LmtpApiClient api, string name, CancellationToken cancellationToken) => api.CreateUserAsync(
        new CreateUserRequest { Username = name, Address = $"{name}@example.test", Password = "correct horse battery staple" },
        cancellationToken: cancellationToken);

    private static async Task<List<string[]>> AddAsync(
        IMongoDatabase database, string user, string mailbox, int count, CancellationToken cancellationToken)
    {
        var owner = (User: ObjectId.Parse(user), Mailbox: ObjectId.Parse(mailbox));
        var all = await database.GetCollection<BsonDocument>("messages").CountDocumentsAsync(
            Builders<BsonDocument>.Filter.Eq("mailbox", owner.Mailbox), cancellationToken: cancellationToken).ConfigureAwait(false);
        var messages = new ScaleMessages(owner.User, owner.Mailbox, count, DateTimeOffset.UtcNow);
        var ids = new List<string[]>();
        foreach (var numbers in Enumerable.Range((int)all, count).Chunk(AtOnce))
        {
            var documents = new List<BsonDocument>(AtOnce);
            foreach (var number in numbers)
            {
                documents.Add(await messages.CreateAsync(number, cancellationToken).ConfigureAwait(false));
            }

            await database.GetCollection<BsonDocument>("messages").InsertManyAsync(documents, cancellationToken: cancellationToken).ConfigureAwait(false);
            ids.Add([.. documents.Select(document => document["_id"].ToString()!)]);
        }

        await database.GetCollection<BsonDocument>("mailboxes").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", owner.Mailbox),
            Builders<BsonDocument>.Update.Inc("uidNext", count).Inc("modifyIndex", count),
            cancellationToken: cancellationToken).ConfigureAwait(false);
        return ids;
    }

    /// <summary>Adds up what several operations take.</summary>
    private sealed class Costs(Func<TimeSpan> processorTime)
    {
        private readonly Dictionary<string, (TimeSpan Processor, TimeSpan Elapsed)> _sums = [];
        private TimeSpan _since;
        private long _started;
        private bool _isCounted;

        public void Begin(bool isCounted) => (_since, _started, _isCounted) = (processorTime(), Stopwatch.GetTimestamp(), isCounted);

        public void End(string operation)
        {
            var sum = _sums.GetValueOrDefault(operation);
            if (_isCounted)
            {
                _sums[operation] = (sum.Processor + processorTime() - _since, sum.Elapsed + Stopwatch.GetElapsedTime(_started));
            }

            Begin(_isCounted);
        }

        public void Print(int count, string what)
        {
            foreach (var (operation, sum) in _sums)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{operation}: {count} {what}: {sum.Processor.TotalSeconds:F2} s of processor time, {sum.Processor.TotalMilliseconds / count:F3} ms each; took {sum.Elapsed.TotalSeconds:F1} s"));
            }

            _sums.Clear();
        }
    }
}
