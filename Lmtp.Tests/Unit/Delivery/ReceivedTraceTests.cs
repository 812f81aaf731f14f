using Lmtp.Server.Delivery;

namespace Lmtp.Tests.Unit.Delivery;

public sealed class ReceivedTraceTests
{
    [Fact]
    public void First_word_of_each_kind_counts()
    {
        var trace = ReceivedTrace.Parse(
            "from mx.example.net (mx [192.0.2.1]) by mail.example.com (Postfix) with ESMTPS id 4F7A for <a@b>; from x id y");
        Assert.Equal(new ReceivedTrace("mx.example.net", "ESMTPS", "4F7A"), trace);
    }

    [Theory]
    [InlineData("")]
    [InlineData("from")]
    [InlineData("; Mon, 6 May 2024 12:34:56 +0300")]
    public void Nothing_is_made_up(string received) =>
        Assert.Equal(new ReceivedTrace(null, null, null), ReceivedTrace.Parse(received));
}
