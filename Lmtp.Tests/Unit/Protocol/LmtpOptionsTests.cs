using Lmtp.Server;
using Lmtp.Server.Protocol.Configuration;
using Microsoft.Extensions.Configuration;

namespace Lmtp.Tests.Unit.Protocol;

public sealed class LmtpOptionsTests
{
    [Fact]
    public void Default_is_one_listener_on_loopback_port_2003()
    {
        var options = Bind([]);

        var listener = Assert.Single(options.Listeners);
        Assert.Equal(("127.0.0.1", 2003), (listener.Host, listener.Port));
        Assert.True(options.Enabled);
        Assert.Empty(Faults([]));
    }

    [Theory]
    [InlineData("LMTP_PORT", "abc", "Lmtp:Listeners:0:Port (or LMTP_PORT)")]
    [InlineData("Lmtp:Listeners:0:Port", "65536", "Lmtp:Listeners:0:Port")]
    [InlineData("Lmtp:Listeners:0:Port", "25", "Lmtp:Listeners:0:Port must not be 25")]
    [InlineData("Lmtp:Listeners:0:Host", "mail.example.test", "Lmtp:Listeners:0:Host")]
    [InlineData("Lmtp:Listeners:0:UnixSocket:Path", "relative", "Lmtp:Listeners:0:UnixSocket:Path")]
    [InlineData("Lmtp:Listeners:0:ClientNetworks:0", "10.0.0.0/33", "Lmtp:Listeners:0:ClientNetworks:0")]
    [InlineData("Lmtp:Listeners:0:ProxyNetworks:0", "x", "Lmtp:Listeners:0:ProxyNetworks:0")]
    [InlineData("Lmtp:Listeners:0:XclientNetworks:0", "x", "Lmtp:Listeners:0:XclientNetworks:0")]
    [InlineData("Lmtp:Listeners:0:Tls:Mode", "Implicit", "Lmtp:Listeners:0:Tls:CertificatePath")]
    [InlineData("Lmtp:Listeners:0:Tls:ClientCertificates", "Required", "Lmtp:Listeners:0:Tls:ClientCertificates")]
    [InlineData("Lmtp:Listeners:0:Auth", "Required", "Lmtp:ServiceAccounts")]
    [InlineData("Lmtp:ServiceAccounts:0:Name", "x", "Lmtp:ServiceAccounts:0")]
    [InlineData("Lmtp:ServiceAccounts:0:Password", "short", "Lmtp:ServiceAccounts:0:Password")]
    [InlineData("Lmtp:ServiceAccounts:0:Password", "SCRAM-SHA-256$1", "Lmtp:ServiceAccounts:0:Password")]
    [InlineData("Lmtp:ServiceAccounts:0:Password", "a long\u0007word", "Lmtp:ServiceAccounts:0:Password")]
    [InlineData("Lmtp:ServiceAccounts:0:Name", "a\uE000", "Lmtp:ServiceAccounts:0:Name")]
    [InlineData("Lmtp:Limits:MaxConnections", "0", "Lmtp:Limits:MaxConnections")]
    [InlineData("Lmtp:Limits:MaxConnectionsPerClient", "0", "Lmtp:Limits:MaxConnectionsPerClient")]
    [InlineData("Lmtp:Limits:MaxMessagesPerConnection", "-1", "Lmtp:Limits:MaxMessagesPerConnection")]
    [InlineData("Lmtp:Limits:MaxRecipients", "0", "Lmtp:Limits:MaxRecipients")]
    [InlineData("Lmtp:Limits:MaxMessageSize", "1023", "Lmtp:Limits:MaxMessageSize")]
    [InlineData("Lmtp:Limits:MaxHeaderSize", "1023", "Lmtp:Limits:MaxHeaderSize")]
    [InlineData("Lmtp:Limits:MaxReceivedHeaders", "0", "Lmtp:Limits:MaxReceivedHeaders")]
    [InlineData("Lmtp:Limits:MaxCommandLength", "511", "Lmtp:Limits:MaxCommandLength")]
    [InlineData("Lmtp:Limits:MaxErrors", "0", "Lmtp:Limits:MaxErrors")]
    [InlineData("Lmtp:Limits:MinDataRate", "-1", "Lmtp:Limits:MinDataRate")]
    [InlineData("Lmtp:Limits:IdleTimeout", "00:00:00", "Lmtp:Limits:IdleTimeout")]
    [InlineData("Lmtp:Limits:CommandTimeout", "-00:00:01", "Lmtp:Limits:CommandTimeout")]
    [InlineData("Lmtp:Limits:DataTimeout", "30.00:00:00", "Lmtp:Limits:DataTimeout")]
    [InlineData("Lmtp:Limits:SessionTimeout", "00:00:00", "Lmtp:Limits:SessionTimeout")]
    [InlineData("Lmtp:Limits:WriteTimeout", "00:00:00", "Lmtp:Limits:WriteTimeout")]
    [InlineData("Lmtp:Limits:DeliveryTimeout", "00:00:00", "Lmtp:Limits:DeliveryTimeout")]
    [InlineData("Lmtp:Limits:HandshakeTimeout", "00:00:00", "Lmtp:Limits:HandshakeTimeout")]
    [InlineData("Lmtp:Limits:MinDataRateGrace", "00:00:00", "Lmtp:Limits:MinDataRateGrace")]
    [InlineData("Lmtp:Limits:GreetingDelay", "-00:00:01", "Lmtp:Limits:GreetingDelay")]
    [InlineData("Lmtp:Limits:ShutdownGrace", "-00:00:01", "Lmtp:Limits:ShutdownGrace")]
    public void Fault_names_its_key(string key, string value, string expected) =>
        Assert.Contains(Faults(new() { [key] = value }), fault => fault.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void All_faults_are_shown_at_once() =>
        Assert.Equal(2, Faults(new() { ["Lmtp:Limits:MaxErrors"] = "0", ["Lmtp:Listeners:0:Port"] = "-1" }).Count);

    [Fact]
    public void Account_that_is_given_twice_in_different_ways_to_type_it_is_a_fault() => Assert.Contains(
        Faults(new()
        {
            ["Lmtp:ServiceAccounts:0:Name"] = "J\u00FCrgen",
            ["Lmtp:ServiceAccounts:0:Password"] = "a secret word",
            ["Lmtp:ServiceAccounts:1:Name"] = "Ju\u0308rgen",
            ["Lmtp:ServiceAccounts:1:Password"] = "a secret word",
        }),
        fault => fault.StartsWith("Lmtp:ServiceAccounts:1:Name is empty or given twice", StringComparison.Ordinal));

    [Theory]
    [InlineData(107, 0)]
    [InlineData(108, 1)]
    public void Unix_socket_path_holds_107_bytes(int length, int faults) =>
        Assert.Equal(faults, Faults(new() { ["Lmtp:Listeners:0:UnixSocket:Path"] = "/" + new string('x', length - 1) }).Count);

    [Theory]
    [InlineData("0660", 0)]
    [InlineData("777", 0)]
    [InlineData("1777", 1)]
    [InlineData("68", 1)]
    [InlineData("0668", 1)]
    [InlineData("rw-", 1)]
    public void Unix_socket_mode_is_octal(string mode, int faults) => Assert.Equal(
        faults,
        Faults(new() { ["Lmtp:Listeners:0:UnixSocket:Path"] = "/x", ["Lmtp:Listeners:0:UnixSocket:Mode"] = mode }).Count);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("*")]
    [InlineData("192.0.2.1")]
    public void Unprotected_listener_beyond_loopback_is_refused_with_the_way_out(string host)
    {
        var fault = Assert.Single(Faults(new() { ["Lmtp:Listeners:0:Host"] = host }));

        Assert.Contains("Lmtp:Listeners:0:AllowUnprotected", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AllowUnprotected", "true")]
    [InlineData("ClientNetworks:0", "10.0.0.0/8")]
    [InlineData("ProxyNetworks:0", "10.0.0.1")]
    public void Listener_beyond_loopback_starts_when_it_is_protected_or_allowed(string key, string value) =>
        Assert.Empty(Faults(new() { ["Lmtp:Listeners:0:Host"] = "*", [$"Lmtp:Listeners:0:{key}"] = value }));

    [Fact]
    public void Optional_starttls_does_not_protect_a_listener() => Assert.Contains(
        Faults(new()
        {
            ["Lmtp:Listeners:0:Host"] = "*",
            ["Lmtp:Listeners:0:Tls:Mode"] = "StartTls",
            ["Lmtp:Listeners:0:Tls:CertificatePath"] = Environment.ProcessPath,
        }),
        fault => fault.Contains("AllowUnprotected", StringComparison.Ordinal));

    private static LmtpOptions Bind(Dictionary<string, string?> settings)
    {
        var given = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var configuration = new ConfigurationBuilder().AddConfiguration(given).AddInMemoryCollection(EnvironmentAliases.Resolve(given)).Build();
        var options = new LmtpOptions();
        configuration.GetSection(LmtpOptions.Section).Bind(options);
        new DefaultListener().PostConfigure(null, options);
        return options;
    }

    private static List<string> Faults(Dictionary<string, string?> settings) =>
        new LmtpOptionsValidator().Validate(null, Bind(settings)).Failures?.ToList() ?? [];
}
