using Lmtp.Admin.Components.Tools;
using Lmtp.Contracts;

namespace Lmtp.Tests.Unit.Admin;

public sealed class ToolFormTests
{
    [Theory]
    [InlineData("127.0.0.1:2003", "none", "127.0.0.1", 2003, "none")]
    [InlineData("0.0.0.0:24", "starttls", "127.0.0.1", 24, "starttls")]
    [InlineData("[::]:24", "starttls-required", "::1", 24, "starttls")]
    [InlineData("[::1]:2424", "implicit", "::1", 2424, "implicit")]
    public void Listener_is_reached_from_its_own_machine(string address, string tls, string host, int port, string mode)
    {
        var form = new ToolForm { IsSocket = true };
        form.Use(new ListenerResponse("lmtp", address) { Tls = tls });

        var request = form.ToProbe();
        Assert.Equal((host, port, mode), (request.Host, request.Port, request.Tls));
    }

    [Fact]
    public void Socket_has_a_path_and_no_port()
    {
        var form = new ToolForm();
        form.Use(new ListenerResponse("lmtp", "/run/lmtp.sock") { Tls = "none" });

        Assert.Equal(("/run/lmtp.sock", null), (form.ToProbe().Host, form.ToProbe().Port));
        Assert.Equal(("/run/lmtp.sock", null), (form.ToMessage().Host, form.ToMessage().Port));
    }

    [Theory]
    [InlineData(10, 10_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(null, null)]
    public void Seconds_become_milliseconds(int? seconds, int? milliseconds) =>
        Assert.Equal(milliseconds, new ToolForm { Seconds = seconds }.ToProbe().Timeout);

    [Fact]
    public void Recipients_are_separated_by_anything() =>
        Assert.Equal(["a@x.test", "b@x.test", "c@x.test"], new ToolForm { To = " a@x.test, b@x.test;\nc@x.test " }.ToMessage().To);
}
