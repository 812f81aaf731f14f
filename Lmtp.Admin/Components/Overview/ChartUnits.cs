using System.Globalization;
using Lmtp.Admin.Components.Deliveries;
using Lmtp.Admin.Components.Parts;

namespace Lmtp.Admin.Components.Overview;

/// <summary>Writes the numbers of charts.</summary>
internal static class ChartUnits
{
    /// <summary>A number with its unit.</summary>
    public static string Format(this ChartUnit unit, double value) => unit switch
    {
        ChartUnit.Milliseconds => DeliveryText.Duration(value),
        ChartUnit.Bytes => ByteSize.Format((long)value),
        _ => Rate(value),
    };

    /// <summary>A rate with as many digits as mean something.</summary>
    public static string Rate(double value) =>
        string.Create(CultureInfo.CurrentCulture, $"{value.ToString(value is 0 or >= 100 ? "N0" : value >= 1 ? "0.0" : "0.00", CultureInfo.CurrentCulture)}/s");
}
