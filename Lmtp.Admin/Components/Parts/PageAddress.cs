using Microsoft.JSInterop;

namespace Lmtp.Admin.Components.Parts;

/// <summary>The address that the browser shows.</summary>
internal static class PageAddress
{
    /// <summary>
    /// Shows another address of the same page, without a new entry in the browser's history. Where somebody has gone to another
    /// page by the time that the browser hears of it, nothing happens.
    /// </summary>
    /// <param name="browser">The browser.</param>
    /// <param name="address">The whole address.</param>
    public static async Task ReplaceAddressAsync(this IJSRuntime browser, string address)
    {
        try
        {
            await browser.InvokeVoidAsync("replaceAddress", address);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The window is closed or does not answer: there is nobody to be shown anything.
        }
    }
}
