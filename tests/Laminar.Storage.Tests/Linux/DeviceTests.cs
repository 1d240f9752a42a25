using Laminar.Linux;

namespace Laminar.Storage.Tests.Linux;

/// <summary>Both native devices do the same.</summary>
[TestFixture(true)]
[TestFixture(false)]
public sealed class DeviceTests(bool uring)
{
    private TempFolder _folder = null!;
    private IDevice _device = null!;
    private ListLogger _log = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TempFolder();
        _log = new ListLogger();
        _device = NativeDevice.Open(_folder.Path, uring, _log);
    }

    [TearDown]
    public void TearDown()
    {
        _device.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void The_choice_and_its_reason_are_logged() =>
        Assert.That(_log.Lines.Single(), uring ? Does.Contain("io_uring (kernel") : Does.Contain("positional writes and fdatasync (io_uring is switched off by an option)"));

    [Test]
    public void Started_writes_arrive_where_they_belong()
    {
        byte[] expected = new byte[200_000];
        new Random(4).NextBytes(expected);
        using (IDeviceFile file = _device.Create("a", 100_000))
        using (IoBuffer buffer = _device.Allocate(65_536))
        {
            Assert.That(file.Length, Is.EqualTo(100_000));
            for (int offset = 0; offset < expected.Length; offset += 50_000)
            {
                expected.AsSpan(offset, 50_000).CopyTo(buffer.Span[123..]);
                using var done = new Completion();
                file.BeginWrite(buffer, 123, 50_000, offset, done);
                Assert.That(done.Wait(), Is.Null);
            }

            Assert.That(file.Length, Is.EqualTo(200_000));
        }

        Assert.That(File.ReadAllBytes(Path.Combine(_folder.Path, "a")).AsSpan().SequenceEqual(expected), Is.True);
    }

    [Test]
    public void A_write_outlives_the_thread_that_started_it()
    {
        // The kernel cancels what a thread has submitted to io_uring when the thread exits.
        using IDeviceFile file = _device.Create("a", 1 << 20);
        using IoBuffer buffer = _device.Allocate(1 << 20);
        buffer.Span.Fill(7);
        for (int i = 0; i < 50; i++)
        {
            using var done = new Completion();
            var thread = new Thread(() => file.BeginWrite(buffer, 0, buffer.Length, 0, done));
            thread.Start();
            thread.Join();
            Assert.That(done.Wait(), Is.Null);
        }

        byte[] read = new byte[1 << 20];
        Assert.That(file.Read(0, read), Is.EqualTo(read.Length));
        Assert.That(read.AsSpan().IndexOfAnyExcept((byte)7), Is.Negative);
    }

    [Test]
    public void Two_writes_at_once_on_one_file_are_refused_and_many_files_work_side_by_side()
    {
        var files = Enumerable.Range(0, 100).Select(i => _device.Create("f" + i, 4096)).ToArray();
        using IoBuffer buffer = _device.Allocate(4096);
        buffer.Span.Fill(1);
        var completions = files.Select(_ => new Completion()).ToArray();
        for (int i = 0; i < files.Length; i++)
        {
            files[i].BeginWrite(buffer, 0, 4096, 0, completions[i]);
        }

        foreach (Completion completion in completions)
        {
            Assert.That(completion.Wait(), Is.Null);
            completion.Dispose();
        }

        foreach (IDeviceFile file in files)
        {
            file.Dispose();
            Assert.That(File.ReadAllBytes(Path.Combine(_folder.Path, file.Name)).All(b => b == 1), Is.True);
        }
    }

    [Test]
    public void A_write_that_fails_says_so()
    {
        // The longest offset that the kernel takes, so that the end is past it.
        using IDeviceFile file = _device.Create("a", 0);
        using IoBuffer buffer = _device.Allocate(4096);
        using var done = new Completion();
        file.BeginWrite(buffer, 0, 4096, long.MaxValue - 100, done);
        IOException? error = done.Wait();
        Assert.That(error, Is.Not.Null);
        Assert.That(error!.Message, Is.Not.Empty);
        using var again = new Completion();
        file.BeginWrite(buffer, 0, 4096, 0, again);
        Assert.That(again.Wait(), Is.Null, "the device itself goes on");
    }

    [Test]
    public void Names_and_folder_operations()
    {
        _device.Create("a", 0).Dispose();
        Assert.That(() => _device.Create("a", 0), Throws.InstanceOf<IOException>());
        Assert.That(() => _device.Create("../a", 0), Throws.ArgumentException);
        Assert.That(() => _device.Open("b"), Throws.InstanceOf<FileNotFoundException>());
        _device.Rename("a", "b");
        _device.SyncDirectory();
        Assert.That(_device.List(), Is.EqualTo(new[] { "b" }));
        _device.Delete("b");
        _device.Delete("b");
        Assert.That(_device.List(), Is.Empty);
    }

    [Test]
    public void Work_of_a_lane_keeps_its_order()
    {
        var seen = new List<int>();
        using var done = new ManualResetEventSlim();
        for (int i = 0; i < 1000; i++)
        {
            int number = i;
            _device.Queue(5, () => seen.Add(number));
        }

        _device.Queue(5, done.Set);
        Assert.That(done.Wait(TimeSpan.FromSeconds(30)), Is.True);
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 1000)));
    }

    private sealed class Completion : IIoCompletion, IDisposable
    {
        private readonly ManualResetEventSlim _done = new();
        private IOException? _error;

        public void Completed(IOException? error)
        {
            _error = error;
            _done.Set();
        }

        public IOException? Wait()
        {
            Assert.That(_done.Wait(TimeSpan.FromSeconds(30)), Is.True, "no completion");
            return _error;
        }

        public void Dispose() => _done.Dispose();
    }
}
