using System.Globalization;
using System.Text;

namespace Lmtp.Admin.Import;

/// <summary>The rows that did not become users, as CSV: line, user name, address, what happened; never a password.</summary>
internal static class ImportReport
{
    /// <summary>The CSV of the rows.</summary>
    public static string Write(IEnumerable<ImportRow> rows)
    {
        var text = new StringBuilder("line,username,address,status,problem\r\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Line},{Quote(row.Request.Username)},{Quote(row.Request.Address)},{row.Status},{Quote(row.Problem)}\r\n");
        }

        return text.ToString();
    }

    /// <summary>A spreadsheet takes what begins with certain signs for a formula; an apostrophe makes it text.</summary>
    private static string Quote(string? field)
    {
        var safe = field is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{field}" : field ?? string.Empty;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
