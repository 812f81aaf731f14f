using System.Buffers;
using Lmtp.Server.Mime;
using Microsoft.Win32.SafeHandles;

namespace Lmtp.Server.Delivery.Spool;

/// <summary>
/// The bytes of one message while it is received and delivered: in pooled memory at first, in a temporary file from
/// the threshold on or when the common budget is used up.
/// </summary>
internal sealed class MessageSpool(SpoolMemoryBudget budget, SpoolDirectory directory, int memoryLimit)
    : IMessageSource, IAsyncDisposable
{
    private const int UnitsPerSegment = SpoolMemoryBudget.SegmentSize / SpoolMemoryBudget.UnitSize;

    private readonly List<byte[]> _segments = [];

    /// <summary>The one small buffer of a message that needs no more.</summary>
    private byte[]? _beginning;
    private int _budgeted;
    private SafeFileHandle? _file;
    private bool _disposed;

    public long Length { get; private set; }

    /// <summary>
    /// Whether it waits for its first memory. One that belongs to a message which holds memory itself must not: it goes to its
    /// file instead.
    /// </summary>
    public bool Waits { get; init; } = true;

    /// <summary>Whether the bytes are in a file.</summary>
    public bool IsInFile => _file is not null;

    /// <summary>Appends bytes. Waits while the budget leaves no room for another message, unless it is told not to.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_budgeted == 0 && _file is null)
        {
            await TakeFirstAsync(cancellationToken);
        }

        while (!bytes.IsEmpty)
        {
            if (_file is null && !TryMakeRoom())
            {
                await MoveToFileAsync(cancellationToken);
            }

            if (_file is not null)
            {
                await RandomAccess.WriteAsync(_file, bytes, Length, cancellationToken);
                Length += bytes.Length;
                return;
            }

            bytes = bytes[AppendToMemory(bytes.Span)..];
        }
    }

    public ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (offset < 0 || offset + destination.Length > Length)
        {
            throw new EndOfStreamException("The range lies outside the message.");
        }

        if (_file is not null)
        {
            return ReadFileAsync(_file, offset, destination, cancellationToken);
        }

        if (_beginning is { } beginning)
        {
            beginning.AsMemory((int)offset, destination.Length).CopyTo(destination);
            return ValueTask.CompletedTask;
        }

        while (!destination.IsEmpty)
        {
            var (index, start) = Math.DivRem(offset, SpoolMemoryBudget.SegmentSize);
            var count = (int)Math.Min(SpoolMemoryBudget.SegmentSize - start, destination.Length);
            _segments[(int)index].AsMemory((int)start, count).CopyTo(destination);
            destination = destination[count..];
            offset += count;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            ReturnMemory();
            _file?.Dispose();
            budget.Return(_budgeted);
            _budgeted = 0;
        }

        return ValueTask.CompletedTask;
    }

    private static async ValueTask ReadFileAsync(
        SafeFileHandle file, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (!destination.IsEmpty)
        {
            var count = await RandomAccess.ReadAsync(file, destination, offset, cancellationToken);
            if (count == 0)
            {
                throw new EndOfStreamException("The temporary file is shorter than the message.");
            }

            destination = destination[count..];
            offset += count;
        }
    }

    private async ValueTask TakeFirstAsync(CancellationToken cancellationToken)
    {
        if (Waits)
        {
            await budget.TakeFirstAsync(cancellationToken);
            _budgeted = 1;
        }
        else if (budget.TryTake(1))
        {
            _budgeted = 1;
        }
        else
        {
            await MoveToFileAsync(cancellationToken);
        }
    }

    private bool TryMakeRoom()
    {
        if (Length == 0 && _segments.Count == 0)
        {
            _beginning ??= ArrayPool<byte>.Shared.Rent(SpoolMemoryBudget.UnitSize);
            return true;
        }

        var room = _beginning is null ? (long)_segments.Count * SpoolMemoryBudget.SegmentSize : SpoolMemoryBudget.UnitSize;
        return Length < room || TryAddSegment();
    }

    private bool TryAddSegment()
    {
        var units = _beginning is null ? UnitsPerSegment : UnitsPerSegment - 1;
        if ((_segments.Count + 1) * (long)SpoolMemoryBudget.SegmentSize > memoryLimit || !budget.TryTake(units))
        {
            return false;
        }

        _budgeted += units;
        var segment = ArrayPool<byte>.Shared.Rent(SpoolMemoryBudget.SegmentSize);
        if (_beginning is { } beginning)
        {
            beginning.AsSpan(0, (int)Length).CopyTo(segment);
            ArrayPool<byte>.Shared.Return(beginning);
            _beginning = null;
        }

        _segments.Add(segment);
        return true;
    }

    private int AppendToMemory(ReadOnlySpan<byte> bytes)
    {
        var buffer = _beginning ?? _segments[^1];
        var used = _beginning is null ? (int)(Length % SpoolMemoryBudget.SegmentSize) : (int)Length;
        var size = _beginning is null ? SpoolMemoryBudget.SegmentSize : SpoolMemoryBudget.UnitSize;
        var count = Math.Min(size - used, bytes.Length);
        bytes[..count].CopyTo(buffer.AsSpan(used));
        Length += count;
        return count;
    }

    // One unit stays counted: a message in a file still costs some memory while it is indexed and delivered.
    private async ValueTask MoveToFileAsync(CancellationToken cancellationToken)
    {
        var file = File.OpenHandle(
            directory.NewFilePath(),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        var isWritten = false;
        try
        {
            if (_beginning is not null)
            {
                await RandomAccess.WriteAsync(file, _beginning.AsMemory(0, (int)Length), 0, cancellationToken);
            }

            for (var index = 0; index < _segments.Count; index++)
            {
                var start = (long)index * SpoolMemoryBudget.SegmentSize;
                var count = (int)Math.Min(SpoolMemoryBudget.SegmentSize, Length - start);
                await RandomAccess.WriteAsync(file, _segments[index].AsMemory(0, count), start, cancellationToken);
            }

            isWritten = true;
        }
        finally
        {
            if (!isWritten)
            {
                file.Dispose();
            }
        }

        _file = file;
        ReturnMemory();
        budget.Return(_budgeted - 1);
        _budgeted = Math.Min(_budgeted, 1);
    }

    private void ReturnMemory()
    {
        foreach (var segment in _segments)
        {
            ArrayPool<byte>.Shared.Return(segment);
        }

        _segments.Clear();
        if (_beginning is { } beginning)
        {
            ArrayPool<byte>.Shared.Return(beginning);
            _beginning = null;
        }
    }
}
