using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Limits;

/// <summary>Finds the user whom somebody means by a name.</summary>
internal static class UserByName
{
    private const int IdLength = 24;

    /// <summary>The id of the user with this user name or main address; null when there is none.</summary>
    public static async Task<string?> FindAsync(LmtpApiClient api, string text, CancellationToken cancellationToken)
    {
        var name = text.Trim();
        if (name.Length == 0)
        {
            return null;
        }

        if (name.Length == IdLength && name.All(char.IsAsciiHexDigit))
        {
            return name;
        }

        var at = name.IndexOf('@', StringComparison.Ordinal);
        foreach (var search in at > 0 ? [name, name[..at]] : new[] { name })
        {
            var found = await api.ListUsersAsync(search, cancellationToken: cancellationToken);
            if (found.Items.FirstOrDefault(user => IsSame(user.Username, name) || IsSame(user.Address, name)) is { } user)
            {
                return user.Id;
            }
        }

        return null;
    }

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
