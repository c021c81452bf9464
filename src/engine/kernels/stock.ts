// The kernels of tfjs's own that the engine calls, with our kernels or without. The build leaves out all others: two thirds of its backends.
export const stockKernels = [
  ...['Add', 'AvgPool', 'BatchMatMul', 'Cast', 'Concat', 'Conv2D', 'Cos', 'DepthToSpace', 'Fill', 'FusedConv2D', 'GatherV2', 'Identity'],
  ...['MaxPool', 'Multiply', 'Neg', 'OneHot', 'PadV2', 'RealDiv', 'Relu', 'Reshape', 'ResizeNearestNeighbor', 'Reverse'],
  ...['Rsqrt', 'Sigmoid', 'Sin', 'Slice', 'Softmax', 'SplitV', 'Sqrt', 'Square', 'Sub', 'Sum', 'Transpose', 'ZerosLike', '_FusedMatMul'],
] as const;
