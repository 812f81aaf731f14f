using System.Globalization;

namespace Lmtp.Admin.Components.Parts;

/// <summary>Writes sizes the way people read them.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>Three digits at most, in the largest binary unit that leaves at least one whole.</summary>
    public static string Format(long bytes)
    {
        double value = bytes;
        var unit = 0;
        while (value >= 1000 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        var digits = unit > 0 && value < 10 ? "0.0" : "0";
        return $"{value.ToString(digits, CultureInfo.CurrentCulture)}\u00a0{Units[unit]}";
    }
}
