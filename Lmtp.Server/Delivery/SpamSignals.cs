using System.Text;
using Lmtp.Server.Mime;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery;

/// <summary>What spam scanners before us wrote into the header.</summary>
internal sealed class SpamSignals(IOptionsMonitor<DeliveryOptions> options)
{
    private const int Certain = 100;

    /// <summary>0 (no sign) to 100 (said to be spam).</summary>
    public int Score(MessageCopy copy)
    {
        var name = options.CurrentValue.SpamHeader;
        if (string.IsNullOrEmpty(name))
        {
            return 0;
        }

        var key = Encoding.ASCII.GetBytes(name.ToLowerInvariant());
        return copy.Header.Any(field => field.HasName(key) && IsYes(field.Value)) ? Certain : 0;
    }

    private static bool IsYes(ReadOnlySpan<byte> value) =>
        Ascii.EqualsIgnoreCase(value, "yes"u8) || Ascii.EqualsIgnoreCase(value, "true"u8);
}
