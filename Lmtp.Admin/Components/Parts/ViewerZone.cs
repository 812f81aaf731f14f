using Microsoft.JSInterop;

namespace Lmtp.Admin.Components.Parts;

/// <summary>The time zone of whoever looks, which only the browser knows.</summary>
internal static class ViewerZone
{
    /// <summary>Asks the browser; UTC where it does not say.</summary>
    public static async Task<TimeZoneInfo> FindAsync(IJSRuntime browser)
    {
        try
        {
            await using var module = await browser.InvokeAsync<IJSObjectReference>("import", "/js/viewer.js");
            return TimeZoneInfo.TryFindSystemTimeZoneById(await module.InvokeAsync<string>("timeZone"), out var zone) ? zone : TimeZoneInfo.Utc;
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException)
        {
            return TimeZoneInfo.Utc;
        }
    }
}
