using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Wire;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Query;

public sealed class CommandContextTests
{
    [Fact]
    public void Running_command_ends_with_its_connection()
    {
        using var connection = new CancellationTokenSource();
        var context = Context(connection.Token);
        connection.Cancel();
        Assert.Throws<OperationCanceledException>(context.Budget.Check);
    }

    [Fact]
    public void Cursor_of_an_answered_command_outlives_its_connection()
    {
        using var connection = new CancellationTokenSource();
        var context = Context(connection.Token);
        context.Budget.Pause();
        connection.Cancel();
        context.Budget.Check();
    }

    private static CommandContext Context(CancellationToken connection) => new(
        new CommandRequest(
            BsonDocument.Parse("{find: 'c', $db: 'd'}"),
            new Dictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>>(),
            ExpectsReply: true,
            IsLegacy: false),
        "find",
        new ClientSession(1),
        TimeProvider.System,
        connection);
}
