using Microsoft.Extensions.Options;
using MongoDB.Driver;

namespace Lmtp.Server;

/// <summary>The only setting without which there is nothing to start: where MongoDB is.</summary>
internal static class MailDatabaseSetting
{
    /// <summary>The name of the connection string.</summary>
    public const string Name = "maildb";

    private const string Key = $"ConnectionStrings:{Name}";

    /// <summary>The client's own section, in which a connection string may stand too.</summary>
    private static readonly string[] Keys = [Key, $"Aspire:MongoDB:Driver:{Name}:ConnectionString", "Aspire:MongoDB:Driver:ConnectionString"];

    /// <summary>Refuses to go on without a connection string that can be read.</summary>
    /// <exception cref="OptionsValidationException">It is missing or cannot be read.</exception>
    public static void Require(IConfiguration configuration)
    {
        var text = Keys.Select(key => configuration[key]).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        if (Fault(text) is { } fault)
        {
            throw new OptionsValidationException(Key, typeof(MongoUrl), [fault]);
        }
    }

    private static string? Fault(string? text)
    {
        if (text is null)
        {
            return $"{Key} is missing: where MongoDB is, as mongodb://host/database. "
                + "Lmtp.AppHost starts this server with an embedded database; --help shows what can be set.";
        }

        try
        {
            _ = MongoUrl.Create(text);
            return null;
        }
        catch (MongoConfigurationException)
        {
            // The text may hold a password, and so may the exception's message.
            return $"{Key} cannot be read: it has to be of the form mongodb://host/database.";
        }
    }
}
