using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>Two servers as processes of their own change the same messages at the same time, and one of them dies.</summary>
public sealed class SeveralServersTests : IAsyncLifetime
{
    private const int Messages = 200;
    private const int AtOnce = 8;

    private MailSystem _system = null!;
    private ChildProcess _other = null!;
    private HttpClient[] _servers = [];
    private MongoClient _mongo = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IMongoDatabase Mail => _mongo.GetDatabase("mail");

    public async ValueTask InitializeAsync()
    {
        _system = await MailSystem.StartAsync(
            CancellationToken.None,
            new Dictionary<string, string?> { ["Lmtp__Storage__SweepInterval"] = "00:00:01", ["Lmtp__Storage__ClaimLease"] = "00:00:05" });
        (_other, var api) = await _system.StartAnotherServerAsync(CancellationToken.None);
        _servers = [_system.CreateHttpClient(), _system.CreateHttpClient()];
        _servers[1].BaseAddress = api;
        _mongo = new MongoClient(_system.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        Array.ForEach(_servers, server => server.Dispose());
        _mongo.Dispose();
        await _other.DisposeAsync();
        await _system.DisposeAsync();
    }

    [Fact]
    public async Task Messages_that_two_servers_delete_at_once_are_counted_once()
    {
        var (user, ids) = await DeliverAsync();
        foreach (var draft in ids.Where((_, index) => index % 2 == 0))
        {
            using var marked = await _servers[0].PatchAsJsonAsync($"/api/v1/users/{user.Id}/messages/{draft}", new { draft = true }, Token);
            marked.EnsureSuccessStatusCode();
        }

        var answers = await OnBothAsync(ids, (server, id) => server.DeleteAsync($"/api/v1/users/{user.Id}/messages/{id}", Token));

        Assert.All(answers, answer => Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NotFound], answer.Value.Order()));
        Assert.Equal(0, (await new LmtpApiClient(_servers[0]).GetUserAsync(user.Id, Token)).StorageUsed);
        Assert.Equal(Messages / 2, await CountAsync("archived"));
        await AssertNoProblemsAsync();
    }

    [Fact]
    public async Task Messages_that_two_servers_move_at_once_are_there_once()
    {
        var (user, ids) = await DeliverAsync();
        var mailboxes = await new LmtpApiClient(_servers[0]).ListMailboxesAsync(user.Id, Token);
        var targets = new[] { "Junk", "Trash" }.Select(path => mailboxes.Single(mailbox => mailbox.Path == path).Id).ToArray();

        var answers = await OnBothAsync(ids, (server, id) => server.PostAsJsonAsync(
            $"/api/v1/users/{user.Id}/messages/{id}/move", new { mailbox = targets[Array.IndexOf(_servers, server)] }, Token));

        Assert.All(answers, answer => Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], answer.Value.Order()));
        Assert.Equal(Messages, await CountAsync("messages"));
        await AssertNoProblemsAsync();
    }

    [Fact]
    public async Task Changes_of_a_server_that_is_killed_are_completed_by_the_other_one()
    {
        var (user, ids) = await DeliverAsync();
        var junk = (await new LmtpApiClient(_servers[0]).ListMailboxesAsync(user.Id, Token)).Single(mailbox => mailbox.Path == "Junk").Id;
        var answered = 0;
        var (killing, killed) = (NewCompletion(), NewCompletion());
        var changing = Parallel.ForEachAsync(ids.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Token }, async (item, token) =>
        {
            // However late this process is at killing, some changes are under way then and others come afterwards.
            await (item.Index < Messages / 2 ? Task.CompletedTask : item.Index < (Messages / 2) + AtOnce ? killing.Task : killed.Task);
            var path = $"/api/v1/users/{user.Id}/messages/{item.Item}";
            try
            {
                using var answer = await (item.Index % 2 == 0
                    ? _servers[1].DeleteAsync(path, token)
                    : _servers[1].PostAsJsonAsync($"{path}/move", new { mailbox = junk }, token));
                Interlocked.Increment(ref answered);
            }
            catch (HttpRequestException)
            {
                // The server is gone.
            }
        });
        await Eventually.TrueAsync(() => Volatile.Read(ref answered) > Messages / 4);

        killing.SetResult();
        await _other.KillAsync(Token);
        killed.SetResult();
        await changing;

        Assert.InRange(answered, Messages / 4, (Messages / 2) + AtOnce);
        await AssertNoProblemsAsync();
        Assert.Equal(Messages, await CountAsync("messages") + await CountAsync("archived"));
    }

    private static TaskCompletionSource NewCompletion() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Changes each message by both servers at the same time; returns what the two answered.</summary>
    private async Task<ConcurrentDictionary<string, ConcurrentBag<HttpStatusCode>>> OnBothAsync(
        IReadOnlyList<string> ids, Func<HttpClient, string, Task<HttpResponseMessage>> change)
    {
        var answers = new ConcurrentDictionary<string, ConcurrentBag<HttpStatusCode>>();
        await Task.WhenAll(_servers.Select(server => Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Token },
            async (id, _) =>
            {
                using var answer = await change(server, id);
                answers.GetOrAdd(id, static _ => []).Add(answer.StatusCode);
            })));
        return answers;
    }

    /// <summary>A new user with messages that share an attachment.</summary>
    private async Task<(UserResponse User, IReadOnlyList<string> Messages)> DeliverAsync()
    {
        var user = await new LmtpApiClient(_servers[0]).CreateUserAsync(
            new CreateUserRequest { Username = "owner", Name = "Owner", Address = "owner@several.test" }, Token);
        var ids = new List<string>();
        await using var client = await LmtpClient.OpenAsync(_system.Lmtp, Token);
        for (var i = 0; i < Messages; i++)
        {
            var message = $"From: a@example.org\r\nSubject: {i}\r\nMessage-ID: <{i}@example.org>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\n\r\ntext\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\nshared\r\n--b--\r\n";
            var reply = Assert.Single(await client.DeliverAsync("a@example.org", [user.Address], Encoding.ASCII.GetBytes(message), Token));
            ids.Add(StoredReply.MessageId(reply));
        }

        return (user, ids);
    }

    private Task<long> CountAsync(string collection) =>
        Mail.GetCollection<BsonDocument>(collection).CountDocumentsAsync(FilterDefinition<BsonDocument>.Empty, cancellationToken: Token);

    private async Task AssertNoProblemsAsync()
    {
        var audit = new StorageAudit(Mail, _mongo.GetDatabase("lmtp"));
        IReadOnlyList<string> problems = [];
        await Eventually.TrueAsync(
            async () => (problems = await audit.ProblemsAsync()).Count == 0, state: () => string.Join(Environment.NewLine, problems));
    }
}
