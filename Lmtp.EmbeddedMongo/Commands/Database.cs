using Lmtp.EmbeddedMongo.Commands.Reading;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Query.Planning;

namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>The storage engine together with what queries over it need.</summary>
/// <param name="engine">The storage engine.</param>
/// <param name="filters">The compiled filters of partial indexes.</param>
internal sealed class Database(StorageEngine engine, PartialFilterCache filters)
{
    /// <summary>The storage engine.</summary>
    public StorageEngine Engine => engine;

    /// <summary>Plans a query.</summary>
    /// <param name="ns">Database and collection.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="context">The command.</param>
    /// <returns>The planned query.</returns>
    public PreparedQuery Prepare(Namespace ns, QueryRequest request, CommandContext context) =>
        Prepare(engine.Find(ns), request, context);

    /// <summary>Plans a query.</summary>
    /// <param name="collection">The collection; null when there is none.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="context">The command.</param>
    /// <returns>The planned query.</returns>
    public PreparedQuery Prepare(Collection? collection, QueryRequest request, CommandContext context) =>
        new(collection, request, filters, context);

    /// <summary>Waits for the disk where the command's write concern asks for it.</summary>
    /// <param name="position">The end of the command's last write.</param>
    /// <param name="context">The command.</param>
    /// <returns>A task that ends when the command may be answered.</returns>
    public ValueTask WaitAsync(LogPosition position, CommandContext context) =>
        position.Value > 0 && WriteConcern.Parse(context.Document("writeConcern")).IsJournaled
            ? engine.WaitDurableAsync(position, context.CancellationToken)
            : ValueTask.CompletedTask;
}
