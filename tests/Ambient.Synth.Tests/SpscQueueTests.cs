namespace Ambient.Synth.Tests;

public sealed class SpscQueueTests
{
    [Fact]
    public void Items_come_out_in_the_order_they_went_in()
    {
        var queue = new SpscQueue<int>(4);
        for (int i = 0; i < 4; i++) Assert.True(queue.TryAdd(i));
        for (int i = 0; i < 4; i++)
        {
            Assert.True(queue.TryTake(out int item));
            Assert.Equal(i, item);
        }

        Assert.False(queue.TryTake(out _));
    }

    [Fact]
    public void A_full_queue_refuses_and_loses_nothing()
    {
        var queue = new SpscQueue<int>(2);
        Assert.True(queue.TryAdd(1));
        Assert.True(queue.TryAdd(2));
        Assert.False(queue.TryAdd(3));
        Assert.Equal(2, queue.Count);
        Assert.True(queue.TryTake(out int first));
        Assert.Equal(1, first);
        Assert.True(queue.TryAdd(3));
    }

    [Fact]
    public void Two_threads_lose_repeat_and_tear_nothing()
    {
        const int Items = 300_000;
        var queue = new SpscQueue<(long Number, long Check)>(64);
        var producer = new Thread(() =>
        {
            for (long i = 0; i < Items; i++)
            {
                while (!queue.TryAdd((i, ~i))) Thread.Yield();
            }
        });
        producer.Start();
        for (long expected = 0; expected < Items; expected++)
        {
            (long Number, long Check) item;
            while (!queue.TryTake(out item)) Thread.Yield();
            Assert.Equal((expected, ~expected), item);
        }

        producer.Join();
    }
}
