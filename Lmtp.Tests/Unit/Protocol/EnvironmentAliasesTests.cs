using Lmtp.Server;
using Microsoft.Extensions.Configuration;

namespace Lmtp.Tests.Unit.Protocol;

public sealed class EnvironmentAliasesTests
{
    [Theory]
    [InlineData("LMTP_HOST", "::1", "Lmtp:Listeners:0:Host", "::1")]
    [InlineData("LMTP_PORT", "2424", "Lmtp:Listeners:0:Port", "2424")]
    [InlineData("LMTP_PORT", "abc", "Lmtp:Listeners:0:Port", "-1")]
    [InlineData("LMTP_ENABLED", "false", "Lmtp:Enabled", "false")]
    [InlineData("LMTP_ENABLED", "No", "Lmtp:Enabled", "false")]
    [InlineData("LMTP_ENABLED", "0", "Lmtp:Enabled", "false")]
    [InlineData("LMTP_ENABLED", "OFF", "Lmtp:Enabled", "false")]
    [InlineData("LMTP_ENABLED", "1", "Lmtp:Enabled", "true")]
    [InlineData("LMTP_ENABLED", "yes", "Lmtp:Enabled", "true")]
    [InlineData("MONGO_URL", "mongodb://db/x", "ConnectionStrings:maildb", "mongodb://db/x")]
    [InlineData("DB_NAME", "post", "Lmtp:Storage:Database", "post")]
    [InlineData("SPAM_HEADER", "X-Spam", "Lmtp:Delivery:SpamHeader", "X-Spam")]
    public void Name_stands_for_a_setting(string variable, string value, string key, string expected) =>
        Assert.Equal([new(key, expected)], Resolve(new() { [variable] = value }));

    [Theory]
    [InlineData("LMTP_HOST")]
    [InlineData("LMTP_PORT")]
    [InlineData("LMTP_ENABLED")]
    [InlineData("MONGO_URL")]
    [InlineData("DB_NAME")]
    [InlineData("SPAM_HEADER")]
    public void Empty_value_counts_as_none(string variable) => Assert.Empty(Resolve(new() { [variable] = "" }));

    [Fact]
    public void Host_and_port_are_those_of_the_first_tcp_listener_and_win_over_configuration() => Assert.Equal(
        [new("Lmtp:Listeners:1:Host", "127.0.0.2"), new("Lmtp:Listeners:1:Port", "2424")],
        Resolve(new()
        {
            ["Lmtp:Listeners:0:UnixSocket:Path"] = "/run/lmtp",
            ["Lmtp:Listeners:1:Port"] = "24",
            ["Lmtp:Listeners:2:Port"] = "25000",
            ["LMTP_PORT"] = "2424",
            ["LMTP_HOST"] = "127.0.0.2",
        }));

    [Fact]
    public void Port_adds_a_tcp_listener_where_there_are_only_sockets() => Assert.Equal(
        [new("Lmtp:Listeners:1:Port", "2424")],
        Resolve(new() { ["Lmtp:Listeners:0:UnixSocket:Path"] = "/run/lmtp", ["LMTP_PORT"] = "2424" }));

    [Theory]
    [InlineData("MONGO_URL", "ConnectionStrings:maildb")]
    [InlineData("DB_NAME", "Lmtp:Storage:Database")]
    [InlineData("SPAM_HEADER", "Lmtp:Delivery:SpamHeader")]
    public void Other_names_give_way_to_configuration(string variable, string key) =>
        Assert.Empty(Resolve(new() { [variable] = "alias", [key] = "configured" }));

    private static IEnumerable<KeyValuePair<string, string?>> Resolve(Dictionary<string, string?> settings) =>
        EnvironmentAliases.Resolve(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
