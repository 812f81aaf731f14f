namespace Lmtp.Tests.Unit.Architecture;

/// <summary>Who may call whom inside Lmtp.Server, as ARCHITECTURE.md draws it.</summary>
public sealed class ServerFolders
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Protocol"] = ["Delivery"],
        ["Delivery"] = ["Filters", "RateLimiting", "Mime", "Storage", "Encryption"],
        ["Api"] = ["Delivery", "Storage", "Filters", "RateLimiting", "Protocol"],
        ["Storage"] = ["Filters", "Mime"],
        ["Filters"] = ["Mime"],
        ["RateLimiting"] = [],
        ["Mime"] = [],
        ["Encryption"] = [],
    };

    private static string ServerAssembly => typeof(Lmtp.Server.Delivery.IDeliveryAgent).Assembly.Location;

    [Fact]
    public void Calls_between_folders_go_only_where_the_architecture_draws_an_arrow()
    {
        var forbidden = FolderReferences.Of(ServerAssembly, "Lmtp.Server")
            .Where(reference => !Allowed.TryGetValue(reference.From, out var targets) || !targets.Contains(reference.To))
            .Select(reference => $"{reference.From} → {reference.To} ({reference.Type})");

        Assert.Empty(forbidden);
    }

    [Theory]
    [InlineData("Lmtp.Server.Mime")]
    [InlineData("Lmtp.Server.Filters")]
    [InlineData("Lmtp.Server.Encryption")]
    public void Parsing_filtering_and_encrypting_know_neither_network_nor_database(string folder)
    {
        var foreign = FolderReferences.ForeignNamespaces(ServerAssembly, folder)
            .Where(name => name.StartsWith("MongoDB", StringComparison.Ordinal)
                || name.StartsWith("StackExchange", StringComparison.Ordinal)
                || name.StartsWith("System.Net.Sockets", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

        Assert.Empty(foreign);
    }

    [Theory]
    [InlineData("Common")]
    [InlineData("Helpers")]
    [InlineData("Utils")]
    [InlineData("Managers")]
    public void No_folder_has_a_name_that_says_nothing(string name)
    {
        var folders = new[] { "Lmtp.Server", "Lmtp.Admin", "Lmtp.EmbeddedMongo", "Lmtp.AppHost", "Lmtp.Contracts" }
            .SelectMany(project => Directory.EnumerateDirectories(Path.Combine(Repository.Root, project), name, SearchOption.AllDirectories));

        Assert.Empty(folders);
    }
}
