using System.Text;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>Stands between a page and the portal, and keeps back what the portal has the page draw, as a slow line does.</summary>
internal sealed class HeldAnswers
{
    // The names of SignalR's calls stand as they are in the binary frames.
    private static readonly byte[] Draw = "JS.RenderBatch"u8.ToArray();
    private static readonly byte[] Drawn = "OnRenderCompleted"u8.ToArray();

    private readonly Lock _lock = new();
    private readonly List<IWebSocketFrame> _held = [];
    private IWebSocketRoute? _page;
    private bool _isHolding;
    private int _drawn;

    private HeldAnswers()
    {
    }

    /// <summary>Comes between; before the page is opened.</summary>
    public static async Task<HeldAnswers> OfAsync(IPage page)
    {
        var answers = new HeldAnswers();
        await page.RouteWebSocketAsync(static _ => true, answers.Connect);
        return answers;
    }

    /// <summary>Keeps back everything from now on.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _isHolding = true;
        }
    }

    /// <summary>Returns when there is something to be drawn that is kept back.</summary>
    public Task HeldAsync() => Eventually.TrueAsync(() => Draws() > 0);

    /// <summary>Returns when a call of a function in the page is kept back.</summary>
    public Task HeldAsync(string function) => Eventually.TrueAsync(() => Held(Encoding.UTF8.GetBytes(function)) > 0);

    /// <summary>Lets go what was kept back; returns when the page has drawn it.</summary>
    public Task ReleaseAsync()
    {
        int awaited;
        lock (_lock)
        {
            awaited = _drawn + Draws();
            _held.ForEach(SendOn);
            _held.Clear();
            _isHolding = false;
        }

        return Eventually.TrueAsync(() => Volatile.Read(ref _drawn) >= awaited);
    }

    private void Connect(IWebSocketRoute page)
    {
        _page = page;
        var server = page.ConnectToServer();
        server.OnMessage(Answer);
        page.OnMessage(frame =>
        {
            if (Has(frame, Drawn))
            {
                Interlocked.Increment(ref _drawn);
            }

            Send(server, frame);
        });
    }

    private void Answer(IWebSocketFrame frame)
    {
        lock (_lock)
        {
            if (_isHolding)
            {
                _held.Add(frame);
            }
            else
            {
                SendOn(frame);
            }
        }
    }

    private int Draws() => Held(Draw);

    private int Held(byte[] name)
    {
        lock (_lock)
        {
            return _held.Count(frame => Has(frame, name));
        }
    }

    private static bool Has(IWebSocketFrame frame, byte[] name) => frame.Binary is { } bytes && bytes.AsSpan().IndexOf(name) >= 0;

    private void SendOn(IWebSocketFrame frame) => Send(_page!, frame);

    private static void Send(IWebSocketRoute to, IWebSocketFrame frame)
    {
        if (frame.Binary is { } bytes)
        {
            to.Send(bytes);
        }
        else
        {
            to.Send(frame.Text!);
        }
    }
}
