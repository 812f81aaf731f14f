using System.Net;
using Lmtp.Server.Delivery.Limits;
using Lmtp.Server.RateLimiting;

namespace Lmtp.Tests.Unit.RateLimiting;

public sealed class LimitSubjectsTests
{
    [Theory]
    [InlineData(LimitedParty.Client, "192.0.2.1", "192.0.2.1")]
    [InlineData(LimitedParty.Client, "::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData(LimitedParty.Client, "2001:DB8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData(LimitedParty.Client, "17", null)]
    [InlineData(LimitedParty.Client, "example.com", null)]
    [InlineData(LimitedParty.Client, "", null)]
    [InlineData(LimitedParty.Sender, "Jo.Doe+news@Example.COM", "jodoe@example.com")]
    [InlineData(LimitedParty.Sender, "jo@xn--bcher-kva.test", "jo@bücher.test")]
    [InlineData(LimitedParty.Sender, "@example.com", null)]
    [InlineData(LimitedParty.Sender, "+tag@example.com", null)]
    [InlineData(LimitedParty.Sender, "jo", null)]
    [InlineData(LimitedParty.Sender, "jo doe@example.com", null)]
    [InlineData(LimitedParty.Sender, "jo@", null)]
    [InlineData(LimitedParty.SenderDomain, " Example.COM ", "example.com")]
    [InlineData(LimitedParty.RecipientDomain, "xn--bcher-kva.test", "bücher.test")]
    [InlineData(LimitedParty.RecipientDomain, "a@example.com", null)]
    [InlineData(LimitedParty.RecipientDomain, "example.com/x", null)]
    [InlineData(LimitedParty.RecipientDomain, "*.example.com", null)]
    [InlineData(LimitedParty.RecipientDomain, "", null)]
    [InlineData(LimitedParty.RecipientUser, "0123456789ABCDEF01234567", "0123456789abcdef01234567")]
    [InlineData(LimitedParty.RecipientUser, "alice", null)]
    public void Subject_is_read_as_limits_name_it(LimitedParty party, string text, string? expected) =>
        Assert.Equal(expected, LimitSubjects.Parse(party, text));

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6")]
    public void Client_that_connects_has_the_name_that_is_read(string address) =>
        Assert.Equal(LimitSubjects.Parse(LimitedParty.Client, address), LimitSubjects.Of(IPAddress.Parse(address)).Client);
}
