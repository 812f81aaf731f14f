using System.Buffers;
using System.Text;
using Lmtp.Server.Protocol.Listeners;

namespace Lmtp.Tests.Unit.Protocol;

public sealed class ProxyHeaderTests
{
    private const string Signature = "\r\n\r\n\0\r\nQUIT\n";

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.1 192.0.2.2 1234 24\r\n", "192.0.2.1:1234")]
    [InlineData("PROXY TCP6 2001:db8::1 2001:db8::2 1234 24\r\n", "[2001:db8::1]:1234")]
    [InlineData("PROXY UNKNOWN\r\n", null)]
    [InlineData("PROXY UNKNOWN ffff::1 ffff::2 65535 65535\r\n", null)]
    [InlineData(Signature + "\x21\x11\0\x0c\xc0\0\x02\x01\xc0\0\x02\x02\x04\xd2\0\x18", "192.0.2.1:1234")]
    [InlineData(Signature + "\x21\x11\0\x10\xc0\0\x02\x01\xc0\0\x02\x02\x04\xd2\0\x18TLV!", "192.0.2.1:1234")]
    [InlineData(Signature + "\x20\0\0\0", null)]
    [InlineData(Signature + "\x21\x31\0\x02xy", null)]
    public void Header_gives_the_client_and_every_part_of_it_is_incomplete(string header, string? source)
    {
        var bytes = Encoding.Latin1.GetBytes(header + "LHLO");

        Assert.Equal(ProxyHeaderStatus.Complete, Parse(bytes, out var parsed));
        Assert.Equal(header.Length, parsed.Length);
        Assert.Equal(source, parsed.Source?.ToString());
        for (var length = 0; length < header.Length; length++)
        {
            Assert.Equal(ProxyHeaderStatus.Incomplete, Parse(bytes[..length], out _));
        }
    }

    [Theory]
    [InlineData("LHLO x\r\n")]
    [InlineData("proxy TCP4 192.0.2.1 192.0.2.2 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n")]
    [InlineData("PROXY TCP4 2001:db8::1 192.0.2.2 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 192.0.2.2 1 99999\r\n")]
    [InlineData("PROXY TCP5 192.0.2.1 192.0.2.2 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\r\n")]
    [InlineData(Signature + "\x22\x11\0\x0c")]
    [InlineData(Signature + "\x11\x11\0\x0c")]
    [InlineData(Signature + "\x21\x11\xff\xff")]
    [InlineData(Signature + "\x21\x11\0\x02xy")]
    public void What_is_no_header_is_invalid(string input) =>
        Assert.Equal(ProxyHeaderStatus.Invalid, Parse(Encoding.Latin1.GetBytes(input), out _));

    [Fact]
    public void Text_header_of_more_than_107_bytes_is_invalid() =>
        Assert.Equal(ProxyHeaderStatus.Invalid, Parse(Encoding.ASCII.GetBytes("PROXY UNKNOWN " + new string('x', 93)), out _));

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Encoding.Latin1.GetBytes(random.Next(2) == 0 ? Signature + "\x21\x11\0\x0c" : "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n").ToList();
            for (var i = random.Next(4); i >= 0; i--)
            {
                bytes[random.Next(bytes.Count)] = (byte)random.Next(256);
            }

            Parse([.. bytes], out _);
        }
    }

    private static ProxyHeaderStatus Parse(byte[] bytes, out ProxyHeader header) => ProxyHeader.Parse(new ReadOnlySequence<byte>(bytes), out header);
}
