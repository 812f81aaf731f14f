using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Wire;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>Finds the command that a client asks for, checks what all commands have in common, and answers errors.</summary>
internal sealed partial class CommandDispatcher
{
    private readonly Dictionary<string, Command> _commands = new(StringComparer.Ordinal);
    private readonly EmbeddedMongoOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<CommandDispatcher> _logger;

    /// <summary>Makes the dispatcher.</summary>
    /// <param name="commands">All commands.</param>
    /// <param name="options">Tells whether clients must authenticate.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where faults of the server itself are logged.</param>
    public CommandDispatcher(
        IReadOnlyList<Command> commands,
        EmbeddedMongoOptions options,
        TimeProvider time,
        ILogger<CommandDispatcher> logger)
    {
        foreach (var command in commands)
        {
            _commands.Add(command.Name, command);
            foreach (var alias in command.Aliases)
            {
                _commands.Add(alias, command);
            }
        }

        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Carries a command out.</summary>
    /// <param name="request">The command.</param>
    /// <param name="session">The connection.</param>
    /// <param name="cancellationToken">Ends when the client is gone.</param>
    /// <returns>The answer, which may be an error.</returns>
    public async ValueTask<CommandReply> ExecuteAsync(
        CommandRequest request,
        ClientSession session,
        CancellationToken cancellationToken)
    {
        try
        {
            var command = Find(request, session);
            var context = new CommandContext(request, command.Name, session, _time, cancellationToken);
            CommonFields.Check(command, context);
            var reply = await command.ExecuteAsync(context);
            context.Budget.Pause();
            return reply;
        }
        catch (InvalidOperationException exception) when (exception.InnerException is CommandException inner)
        {
            // Sorting wraps what a comparison throws.
            return inner.ToReply();
        }
        catch (InvalidOperationException exception) when (exception.InnerException is OperationCanceledException)
        {
            throw new OperationCanceledException("the client is gone", exception);
        }
        catch (CommandException exception)
        {
            return exception.ToReply();
        }
        catch (StorageException exception)
        {
            return CommandException.From(exception).ToReply();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFault(exception, request.Name);
            return new CommandException(ErrorCode.InternalError, $"{request.Name} failed inside the server").ToReply();
        }
    }

    private Command Find(CommandRequest request, ClientSession session)
    {
        if (request.Body.GetValue("$db", null) is not BsonString)
        {
            throw new CommandException(ErrorCode.Location40571, "OP_MSG requests require a $db argument");
        }

        if (!_commands.TryGetValue(request.Name, out var command))
        {
            throw UnsupportedCommands.Refusal(request.Name);
        }

        if (request.IsLegacy && !command.IsOpen)
        {
            throw new CommandException(
                ErrorCode.UnsupportedOpQueryCommand,
                $"Unsupported OP_QUERY command: {request.Name}. The client driver may require an upgrade.");
        }

        return command.IsOpen || session.User is not null || !_options.RequiresAuthentication
            ? command
            : throw new CommandException(ErrorCode.Unauthorized, $"Command {request.Name} requires authentication");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Command {Command} failed")]
    private partial void LogFault(Exception exception, string command);
}
