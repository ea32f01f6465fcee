/** Tells the bench where the service listens and, whenever it asks, how much CPU time the process has taken (µs). */
exports.answerBench = (server) => {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send({ cpuUs: user + system });
  });
  process.send({ port: server.address().port });
};
