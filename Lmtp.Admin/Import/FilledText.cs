using System.Globalization;
using System.Text;

namespace Lmtp.Admin.Import;

/// <summary>A text of the resources with its blanks filled in.</summary>
internal static class FilledText
{
    public static string Of(string text, params ReadOnlySpan<object?> values) =>
        string.Format(CultureInfo.CurrentCulture, CompositeFormat.Parse(text), values);
}
