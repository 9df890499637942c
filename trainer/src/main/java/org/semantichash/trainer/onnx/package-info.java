// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * From a trained network to a model file: in goes a network in floats, {@code Quantisation} makes
 * one of integers, {@code OnnxExporter} writes it. No file is written before its {@code
 * ExportCheck} has proved that ONNX Runtime and plain Java compute the same bits.
 */
package org.semantichash.trainer.onnx;
