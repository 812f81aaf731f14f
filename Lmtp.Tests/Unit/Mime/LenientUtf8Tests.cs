using System.Globalization;
using System.Text;

using Lmtp.Server.Mime;

namespace Lmtp.Tests.Unit.Mime;

/// <summary>Bytes that are no UTF-8 become what the framework's decoder makes of them.</summary>
public sealed class LenientUtf8Tests
{
    private readonly int _seed = Environment.GetEnvironmentVariable("LMTP_TEST_SEED") is { } seed
        ? int.Parse(seed, CultureInfo.InvariantCulture)
        : Random.Shared.Next();

    [Fact]
    public void Random_bytes_are_decoded_as_by_the_framework()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {_seed}");
        var random = new Random(_seed);
        byte[] special = [0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF];
        for (var run = 0; run < 20_000; run++)
        {
            var bytes = new byte[random.Next(120)];
            for (var index = 0; index < bytes.Length; index++)
            {
                bytes[index] = random.Next(4) == 0 ? (byte)random.Next(0x80) : special[random.Next(special.Length)];
            }

            var text = new char[bytes.Length];
            var length = LenientUtf8.Decode(bytes, text);

            Assert.Equal(Encoding.UTF8.GetString(bytes), new string(text, 0, length));
        }
    }
}
