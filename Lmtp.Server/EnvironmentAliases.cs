using System.Globalization;

namespace Lmtp.Server;

/// <summary>
/// The environment names of other LMTP servers that are understood here too. Where the server listens is the last word
/// of whoever starts it, so those names win over configuration; the others only fill in what is not configured.
/// </summary>
internal static class EnvironmentAliases
{
    private const string Listeners = "Lmtp:Listeners";

    /// <summary>Stands for a port that is not a number until validation reports it.</summary>
    private const string UnreadablePort = "-1";

    /// <summary>Adds the settings that they stand for.</summary>
    public static WebApplicationBuilder AddEnvironmentAliases(this WebApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(Resolve(builder.Configuration));
        return builder;
    }

    /// <summary>The settings that the names in this configuration stand for. An empty value counts as none.</summary>
    public static IReadOnlyDictionary<string, string?> Resolve(IConfiguration configuration)
    {
        var settings = new Dictionary<string, string?>();
        var listener = $"{Listeners}:{FirstTcpListener(configuration)}";
        Override("LMTP_ENABLED", "Lmtp:Enabled", value => IsTrue(value) ? "true" : "false");
        Override("LMTP_HOST", $"{listener}:Host", value => value);
        Override("LMTP_PORT", $"{listener}:Port", value => IsNumber(value) ? value : UnreadablePort);
        Supply("MONGO_URL", "ConnectionStrings:maildb");
        Supply("DB_NAME", "Lmtp:Storage:Database");
        Supply("SPAM_HEADER", "Lmtp:Delivery:SpamHeader");
        return settings;

        void Override(string variable, string key, Func<string, string> read)
        {
            if (configuration[variable] is { Length: > 0 } value)
            {
                settings[key] = read(value);
            }
        }

        void Supply(string variable, string key)
        {
            if (configuration[key] is null)
            {
                Override(variable, key, value => value);
            }
        }
    }

    /// <summary>The key of the first listener that is not a Unix socket, or that of one more.</summary>
    private static string FirstTcpListener(IConfiguration configuration)
    {
        var listeners = configuration.GetSection(Listeners).GetChildren().ToList();
        return listeners.Find(listener => string.IsNullOrEmpty(listener["UnixSocket:Path"]))?.Key
            ?? listeners.Count.ToString(CultureInfo.InvariantCulture);
    }

    private static bool IsNumber(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsTrue(string value) =>
        !value.Equals("false", StringComparison.OrdinalIgnoreCase)
        && !value.Equals("no", StringComparison.OrdinalIgnoreCase)
        && !value.Equals("off", StringComparison.OrdinalIgnoreCase)
        && value != "0";
}
