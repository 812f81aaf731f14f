namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>A user that WildDuck's API made.</summary>
internal sealed record WildDuckUser(string Id, string Name, string Address)
{
    public static async Task<WildDuckUser> CreateAsync(WildDuckServer server, string prefix = "reader")
    {
        var name = WildDuckSystem.NewName(prefix);
        var address = $"{name}@example.com";
        return new WildDuckUser(await server.Api.CreateUserAsync(name, address, $"User {name}"), name, address);
    }
}
