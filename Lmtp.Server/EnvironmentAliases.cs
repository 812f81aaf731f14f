namespace Lmtp.Server;

/// <summary>The environment names of other LMTP servers that are understood here too.</summary>
internal static class EnvironmentAliases
{
    private static readonly (string Variable, string Key)[] Aliases =
    [
        ("MONGO_URL", "ConnectionStrings:maildb"),
        ("DB_NAME", "Lmtp:Storage:Database"),
        ("SPAM_HEADER", "Lmtp:Delivery:SpamHeader"),
    ];

    /// <summary>Takes each of them where the setting that it stands for is not given.</summary>
    public static WebApplicationBuilder AddEnvironmentAliases(this WebApplicationBuilder builder)
    {
        var values = Aliases
            .Where(alias => builder.Configuration[alias.Variable] is not null && builder.Configuration[alias.Key] is null)
            .Select(alias => KeyValuePair.Create(alias.Key, builder.Configuration[alias.Variable]))
            .ToList();
        builder.Configuration.AddInMemoryCollection(values);
        return builder;
    }
}
