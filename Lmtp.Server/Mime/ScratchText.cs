namespace Lmtp.Server.Mime;

/// <summary>A buffer for the length of one method; nothing is allocated for it.</summary>
internal readonly ref struct ScratchText
{
    // Methods that call each other use more than one at a time.
    private const int MaxIdle = 8;

    // A larger buffer goes back to the pool at once.
    private const int MaxKept = 1024;

    [ThreadStatic]
    private static Stack<TextBuffer>? _idle;

    public ScratchText() => Buffer = (_idle ??= new Stack<TextBuffer>(MaxIdle)).TryPop(out var idle) ? idle : new TextBuffer();

    /// <summary>The buffer, empty at first.</summary>
    public TextBuffer Buffer { get; }

    /// <summary>Leaves the buffer to others. To be called once, on the thread that made it.</summary>
    public void Dispose()
    {
        if (_idle is { Count: < MaxIdle } idle)
        {
            Buffer.Clear(MaxKept);
            idle.Push(Buffer);
        }
        else
        {
            Buffer.Dispose();
        }
    }
}
