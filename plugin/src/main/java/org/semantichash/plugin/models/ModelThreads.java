/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.plugin.models;

import java.util.concurrent.Executor;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.threadpool.Scheduler;
import org.elasticsearch.threadpool.ThreadPool;

/**
 * The threads of a node that models use.
 *
 * @param executor runs the loads, which block
 * @param scheduler tells when the time is over
 * @param context the node's; who waits for a load goes on in the context it asked in
 */
public record ModelThreads(Executor executor, Scheduler scheduler, ThreadContext context) {

  /** Those of a node. */
  public static ModelThreads of(ThreadPool threadPool) {
    return new ModelThreads(threadPool.generic(), threadPool, threadPool.getThreadContext());
  }
}
