// Preloaded into programs that Souk starts: however Souk ends, its end closes the channel between them.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 5_000).unref();
});
