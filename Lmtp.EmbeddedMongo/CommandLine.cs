using System.Globalization;

namespace Lmtp.EmbeddedMongo;

/// <summary>The command line: a verb and options.</summary>
/// <param name="Verb">What to do; <c>serve</c> when none is given.</param>
/// <param name="Target">The verb's argument, such as the directory of a backup.</param>
/// <param name="Settings">Configuration keys with the values that were given.</param>
internal sealed record CommandLine(string Verb, string? Target, IReadOnlyDictionary<string, string?> Settings)
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help =
        """
        Lmtp.EmbeddedMongo: a single-node document store that MongoDB's own drivers connect to.

        Usage: Lmtp.EmbeddedMongo [verb] [options]

        Verbs
          serve               serve clients (the default)
          backup <directory>  copy the data into an empty directory and check the copy; the server may run
          verify              read all of the data, compare indexes with documents, report damage;
                              the server must be stopped

        Options                          Environment
          --data <directory>             EMBEDDEDMONGO_DATA              default: ./data
          --port <port>                  EMBEDDEDMONGO_PORT              default: 27017; 0 takes a free one, -1 none
          --bind <address>               EMBEDDEDMONGO_BIND              default: 127.0.0.1
          --socket <path>                EMBEDDEDMONGO_SOCKET            a Unix socket, beside the port
          --journal-interval <ms>        EMBEDDEDMONGO_JOURNALINTERVAL   default: 100; of writes without j: true
          --user <name>                  EMBEDDEDMONGO_USER              clients must authenticate (SCRAM-SHA-256)
          --password-file <file>         EMBEDDEDMONGO_PASSWORDFILE      or EMBEDDEDMONGO_PASSWORD
          --help, --version

        An address other than loopback is refused unless a user and a password are configured.
        """;

    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["--data"] = nameof(EmbeddedMongoOptions.Data),
        ["--port"] = nameof(EmbeddedMongoOptions.Port),
        ["--bind"] = nameof(EmbeddedMongoOptions.Bind),
        ["--socket"] = nameof(EmbeddedMongoOptions.Socket),
        ["--journal-interval"] = nameof(EmbeddedMongoOptions.JournalInterval),
        ["--user"] = nameof(EmbeddedMongoOptions.User),
        ["--password-file"] = nameof(EmbeddedMongoOptions.PasswordFile),
    };

    /// <summary>Parses the command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <returns>Verb and options.</returns>
    /// <exception cref="CommandLineException">An argument is unknown or lacks its value.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var words = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            if (name is "--help" or "-h" or "--version")
            {
                return new CommandLine(name == "--version" ? "version" : "help", null, settings);
            }

            if (!name.StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(name);
            }
            else if (Options.TryGetValue(name, out var key))
            {
                value ??= ++i < args.Count ? args[i] : throw new CommandLineException($"{name} needs a value");
                settings[$"{EmbeddedMongoOptions.Section}:{key}"] = value;
            }
            else
            {
                throw new CommandLineException($"unknown option {name}; see --help");
            }
        }

        return Create(words, settings);
    }

    private static CommandLine Create(List<string> words, Dictionary<string, string?> settings) => words switch
    {
        [] or ["serve"] => new CommandLine("serve", null, settings),
        ["backup", var target] => new CommandLine("backup", target, settings),
        ["backup"] => throw new CommandLineException("backup needs a directory to write to"),
        ["verify"] => new CommandLine("verify", null, settings),
        _ => throw new CommandLineException(string.Create(CultureInfo.InvariantCulture, $"unknown verb {words[0]}; see --help")),
    };

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=', StringComparison.Ordinal) : -1;
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }
}

/// <summary>The command line cannot be understood.</summary>
/// <param name="message">What is wrong with it.</param>
internal sealed class CommandLineException(string message) : Exception(message);
