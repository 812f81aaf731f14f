using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Wire;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Writing;

/// <summary>Carries out the statements of a write command and gathers what goes wrong.</summary>
internal static class WriteBatch
{
    /// <summary>Carries statements out in order.</summary>
    /// <param name="context">The command.</param>
    /// <param name="statements">The statements.</param>
    /// <param name="execute">Carries one out.</param>
    /// <returns>The errors; null when there are none.</returns>
    /// <exception cref="CommandException">The time of the whole command is over.</exception>
    public static BsonArray? Run(
        CommandContext context,
        IReadOnlyList<BsonDocument> statements,
        Action<BsonDocument, int> execute)
    {
        CheckSize(statements.Count);
        var errors = new List<(int Index, CommandException Error)>();
        var isOrdered = context.Flag("ordered", missing: true);
        for (var i = 0; i < statements.Count && (errors.Count == 0 || !isOrdered); i++)
        {
            try
            {
                context.Budget.Check();
                execute(statements[i], i);
            }
            catch (CommandException exception) when (exception.Code != (int)ErrorCode.MaxTimeMSExpired)
            {
                errors.Add((i, exception));
            }
            catch (StorageException exception)
            {
                errors.Add((i, CommandException.From(exception)));
            }
        }

        return ToErrors(errors);
    }

    /// <summary>Rejects a command with too many statements or none.</summary>
    /// <param name="count">The number of statements.</param>
    public static void CheckSize(int count)
    {
        if (count is 0 or > WireProtocol.MaxWriteBatchSize)
        {
            throw new CommandException(
                ErrorCode.InvalidLength,
                $"Write batch sizes must be between 1 and {WireProtocol.MaxWriteBatchSize}. Got {count} operations.");
        }
    }

    /// <summary>Errors as write commands answer them.</summary>
    /// <param name="errors">The statements' numbers with their errors.</param>
    /// <returns>The errors in order; null when there are none.</returns>
    public static BsonArray? ToErrors(IReadOnlyCollection<(int Index, CommandException Error)> errors) => errors.Count == 0
        ? null
        : new BsonArray(errors.OrderBy(error => error.Index).Select(error => ToError(error.Error, error.Index)));

    /// <summary>Adds what all write commands answer.</summary>
    /// <param name="reply">The answer so far.</param>
    /// <param name="errors">The errors; null when there are none.</param>
    /// <returns>The whole answer.</returns>
    public static BsonDocument Finish(BsonDocument reply, BsonArray? errors)
    {
        if (errors is not null)
        {
            reply.Add("writeErrors", errors);
        }

        return reply.Add("ok", 1.0);
    }

    private static BsonDocument ToError(CommandException exception, int index)
    {
        var error = new BsonDocument { { "index", index }, { "code", exception.Code } };
        if (exception.Details is not null)
        {
            error.AddRange(exception.Details);
        }

        return error.Add("errmsg", exception.Message);
    }
}
